using MusicPipeline.Http;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class HealthCheckTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Storage_That_Answers_Is_Asked_Once()
    {
        var calls = 0;
        var store = new FaultyArtifactStore(InMemoryArtifactStore.WithContainers(), call =>
        {
            calls = call.Number;
            return StoreFault.None;
        });

        Assert.Equal(new Health(HealthCheck.Version, "answers"), await new HealthCheck(store, _time).CheckAsync());
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Storage_That_Fails_Is_Away_And_The_Version_Is_Told_All_The_Same()
    {
        var store = new FaultyArtifactStore(InMemoryArtifactStore.WithContainers(), _ => StoreFault.Before);

        var away = await Assert.ThrowsAsync<StorageAwayException>(() => new HealthCheck(store, _time).CheckAsync());

        Assert.Equal($"The storage account does not answer. Version {HealthCheck.Version} runs.", away.Message);
    }

    [Fact]
    public async Task Storage_That_Hangs_Is_Away()
    {
        var store = new FaultyArtifactStore(InMemoryArtifactStore.WithContainers(), async _ =>
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return StoreFault.None;
        });

        var check = new HealthCheck(store, _time).CheckAsync();
        Assert.False(check.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<StorageAwayException>(() => check);
    }

    [Fact]
    public async Task A_Client_That_Leaves_Is_Told_Nothing()
    {
        var store = new FaultyArtifactStore(
            InMemoryArtifactStore.WithContainers(), _ => Task.FromCanceled<StoreFault>(new CancellationToken(canceled: true)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new HealthCheck(store, _time).CheckAsync(new CancellationToken(canceled: true)));
    }
}
