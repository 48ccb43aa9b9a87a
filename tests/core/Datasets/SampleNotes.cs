using MusicPipeline.Data;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Tests.Datasets;

/// <summary>The data set in the repository's <c>samples</c> folder.</summary>
internal static class SampleNotes
{
    public static Task<Dataset> BuildAsync()
    {
        var files = DatasetFileName.Expected("notes");
        return DatasetBuilder.BuildAsync(
            "notes", new DatasetUploads(Upload(files[0]), Upload(files[1]), Upload(files[2]), Upload(files[3])));
    }

    private static DatasetUpload Upload(string file) =>
        new(file, _ => Task.FromResult<Stream>(File.OpenRead(RepositoryPaths.Sample(file))));
}
