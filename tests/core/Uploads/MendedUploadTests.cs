using Microsoft.Extensions.DependencyInjection;
using MusicPipeline.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

/// <summary>Who sees what became of an upload that was mended sees no rejection of its earlier version beside it, at no moment.</summary>
public sealed class MendedUploadTests
{
    private readonly InMemoryArtifactStore _memory = InMemoryArtifactStore.WithContainers();
    private readonly List<string> _beside = [];

    [Fact]
    public async Task A_Recording_Is_Not_Converted_And_Rejected()
    {
        await using var services = Services("audio.json");
        var upload = BlobPaths.AudioUpload("oboe.aiff");
        await _memory.WriteAsync(upload, "no recording"u8.ToArray());
        Assert.Equal(UploadOutcome.Rejected, (await services.GetRequiredService<AudioConversion>().RunAsync(upload.Name)).Outcome);
        await _memory.WriteAsync(upload, await File.ReadAllBytesAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")));

        var result = await services.GetRequiredService<AudioConversion>().RunAsync(upload.Name);

        Assert.Equal((UploadOutcome.Processed, 0), (result.Outcome, Assert.Single(_beside).Length));
    }

    [Fact]
    public async Task A_Data_Set_Is_Not_Made_Of_Rejected_Arrays()
    {
        await using var services = Services("current.json");
        await SmallData.UploadAsync(_memory);
        var labels = BlobPaths.DatasetUpload("notes_train_labels.npy");
        var whole = (await _memory.TryReadAsync(labels))!.Bytes;
        await _memory.WriteAsync(labels, "no array"u8.ToArray());
        Assert.Equal(UploadOutcome.Rejected, (await services.GetRequiredService<DatasetIngestion>().RunAsync(labels.Name)).Outcome);
        await _memory.WriteAsync(labels, whole);

        var result = await services.GetRequiredService<DatasetIngestion>().RunAsync(labels.Name);

        Assert.Equal((UploadOutcome.Processed, 0), (result.Outcome, Assert.Single(_beside).Length));
    }

    /// <summary>The pipeline on a store that writes down which rejections are there when a file of a name is written.</summary>
    private ServiceProvider Services(string file) => new ServiceCollection()
        .AddSingleton<IArtifactStore>(new FaultyArtifactStore(_memory, call =>
        {
            if (call.Operation is not ("Find" or "List" or "OpenRead" or "TryRead") && Path.GetFileName(call.Path.Name) == file)
                _beside.Add(string.Join(' ', _memory.Snapshot().Keys.Where(key => key.StartsWith("rejected/", StringComparison.Ordinal))));
            return StoreFault.None;
        }))
        .AddLogging()
        .AddPipeline()
        .BuildServiceProvider();
}
