using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class SampleUploadsTests
{
    [Theory]
    [InlineData("nowhere")]
    [InlineData(".")]
    public async Task Says_In_A_Sentence_That_Samples_Are_Missing(string path)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("notes_train_features.npy"), [1]);
        var samples = new SampleUploads(new InMemoryArtifactStore(), new SampleFolder(Path.Combine(folder.FullPath, path)));

        var error = await Assert.ThrowsAsync<InputException>(() => samples.UploadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(InputErrorKind.NotFound, error.Kind);
        Assert.Equal("the samples are not installed with this program; upload files of your own.", error.Message);
    }

    [Fact]
    public async Task Uploads_What_Is_Not_There_Or_Is_Another_File()
    {
        using var folder = new TemporaryFolder();
        var cello = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullPath, "recordings", "cello")).FullName, "a.aiff");
        File.WriteAllBytes(folder.File("notes_train_features.npy"), [1]);
        File.WriteAllBytes(cello, [2, 3]);
        var store = new InMemoryArtifactStore();
        await store.EnsureContainersAsync(TestContext.Current.CancellationToken);
        var samples = new SampleUploads(store, new SampleFolder(folder.FullPath));
        async Task<int> UploadAsync() => (await samples.UploadAsync(TestContext.Current.CancellationToken)).Uploaded;

        Assert.Equal(2, await UploadAsync());
        Assert.Equal(0, await UploadAsync());
        File.WriteAllBytes(cello, [2, 4]);
        Assert.Equal(1, await UploadAsync());
        Assert.Equal(0, await UploadAsync());

        var stored = await store.TryReadAsync(
            BlobPaths.Recording(SampleUploads.Collection, "cello/a.aiff"), TestContext.Current.CancellationToken);
        Assert.Equal([2, 4], stored!.Bytes.ToArray());
    }
}
