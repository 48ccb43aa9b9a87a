using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class IdempotencyKeyTests
{
    private static readonly SweepRequest Request = new() { HiddenUnits = [3, 4], Epochs = 1, BatchSize = 16 };

    private readonly SilentSweepHost _host = new();

    [Fact]
    public async Task A_Key_Makes_A_Sweep_Of_Its_Own_And_Names_It_For_Good()
    {
        var store = await SweepRig.StoreAsync();
        var without = await Service(store).StartAsync(Request);
        var with = await Service(store).StartAsync(Request, "monday");
        await SweepRig.IngestAsync(store, "notes", seed: 2);

        var again = await Service(store).StartAsync(Request, "monday");

        Assert.NotEqual(without.Id, with.Id);
        Assert.Equal(with with { IsNew = false }, again);
        Assert.Equal("monday", (await DocumentAsync(store, with.Id)).IdempotencyKey);
    }

    [Fact]
    public async Task A_Key_Is_For_One_Request()
    {
        var store = await SweepRig.StoreAsync();
        await Service(store).StartAsync(Request, "monday");

        var exception = await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request with { Seed = 2 }, "monday"));

        Assert.Equal(
            "the idempotency key 'monday' was sent before with another request; send a new key with a new request.", exception.Message);
        Assert.Equal(InputErrorKind.KeyReused, exception.Kind);
    }

    [Fact]
    public async Task Of_Two_Requests_With_One_Key_At_Once_One_Is_Refused()
    {
        var store = await SweepRig.StoreAsync();

        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(async seed =>
        {
            try
            {
                await Service(store).StartAsync(Request with { Seed = seed % 2 }, "monday");
                return -1;
            }
            catch (InputException exception) when (exception.Kind == InputErrorKind.KeyReused)
            {
                return seed % 2;
            }
        }));

        Assert.Equal(4, refused.Count(seed => seed >= 0));
        Assert.Single(refused.Where(seed => seed >= 0).Distinct());
        Assert.Single(store.Snapshot().Keys, name => name.EndsWith("sweep.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Crash_After_The_Claim_Of_A_Key_Leaves_One_Sweep()
    {
        var store = await SweepRig.StoreAsync();
        var crashing = new FaultyArtifactStore(store, call =>
            call.Operation == "TryCreate" && call.Path.Name.EndsWith("sweep.json", StringComparison.Ordinal)
                ? StoreFault.Before
                : StoreFault.None);
        await Assert.ThrowsAsync<IOException>(() => Service(crashing).StartAsync(Request, "monday"));
        var version = (await new DatasetStore(store).ResolveAsync("notes")).Version;
        await SweepRig.IngestAsync(store, "notes", seed: 2);

        var started = await Service(store).StartAsync(Request, "monday");
        var again = await Service(store).StartAsync(Request, "monday");

        Assert.Equal(started with { IsNew = false }, again);
        Assert.Equal(version, (await DocumentAsync(store, started.Id)).DatasetVersion);
    }

    [Theory]
    [InlineData("", "the idempotency key is empty; send a key, or leave it out.")]
    [InlineData(" ", "the idempotency key is empty; send a key, or leave it out.")]
    [InlineData(null, "the idempotency key has 256 characters; send one of at most 255.")]
    public async Task Refuses_A_Key_That_Is_None(string? key, string message)
    {
        var store = await SweepRig.StoreAsync();

        Assert.Equal(
            message,
            (await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request, key ?? new string('k', 256)))).Message);
    }

    private SweepService Service(IArtifactStore store) => new(
        store, new DatasetStore(store), _host, new ManualTimeProvider(), NullLogger<SweepService>.Instance);

    private static async Task<SweepDocument> DocumentAsync(InMemoryArtifactStore store, string id) =>
        (await store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(id, SweepFiles.Sweep)))!;
}
