using System.Text;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Downloading;

public sealed class ResultDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryArtifactStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Copies_Results_In_The_Layout_Of_The_Containers_And_Nothing_Else()
    {
        foreach (var blob in (string[])
        [
            "audio/keys/song.aiff/audio.wav", "audio/progress.json/audio.json", "datasets/notes/current.json", "sweeps/lab-1/report.html",
            "trials/1f/trial.json", "rejected/audio-uploads/bad.aiff.json",
            "sweeps/keys/0a.json", "trials/1f/progress.json", "trials/1f/checkpoint.bin", "audio-uploads/song.aiff",
            "dataset-uploads/n_train_data.npy",
        ])
        {
            await WriteAsync(blob, blob);
        }

        Assert.Equal(6, await DownloadAsync());
        Assert.Equal(
            [
                "audio/keys/song.aiff/audio.wav", "audio/progress.json/audio.json", "datasets/notes/current.json",
                "rejected/audio-uploads/bad.aiff.json", "sweeps/lab-1/report.html", "trials/1f/trial.json",
            ],
            Files());
        Assert.Equal("sweeps/lab-1/report.html", await File.ReadAllTextAsync(_folder.File("sweeps/lab-1/report.html")));
    }

    [Fact]
    public async Task Copies_What_Is_Asked_For_And_Nothing_Beside_It()
    {
        foreach (var blob in (string[])
        [
            "trials/1f/trial.json", "trials/1f0/trial.json", "trials/2a/trial.json", "trials/3b/trial.json", "sweeps/lab-1/report.html",
            "sweeps/lab-10/report.html", "datasets/notes/current.json", "datasets/notes/v1/dataset.json", "datasets/notes/v2/dataset.json",
        ])
        {
            await WriteAsync(blob, blob);
        }

        Assert.Equal(5, await DownloadAsync(
        [
            new("trials", "1f/"), new("trials", "3b/"), new("sweeps", "lab-1/"), new("datasets", "notes/current.json"),
            new("datasets", "notes/v2/"),
            new("rejected", "dataset-uploads/notes_test_data.npy.json"),
        ]));
        Assert.Equal(
            [
                "datasets/notes/current.json", "datasets/notes/v2/dataset.json", "sweeps/lab-1/report.html", "trials/1f/trial.json",
                "trials/3b/trial.json",
            ],
            Files());
    }

    [Fact]
    public async Task Replaces_What_May_Have_Changed_And_Leaves_What_Cannot()
    {
        foreach (var blob in (string[])
        [
            "sweeps/lab-1/sweep.json", "datasets/notes/current.json", "datasets/notes/v1/dataset.json", "trials/1f/trial.json",
        ])
            await WriteAsync(blob, "old");
        Assert.Equal(4, await DownloadAsync());
        await WriteAsync("sweeps/lab-1/sweep.json", "new");
        await WriteAsync("datasets/notes/current.json", "new");

        Assert.Equal(2, await DownloadAsync());
        Assert.Equal("new", await File.ReadAllTextAsync(_folder.File("sweeps/lab-1/sweep.json")));
        Assert.Equal("new", await File.ReadAllTextAsync(_folder.File("datasets/notes/current.json")));

        // One that was broken off has another length.
        await File.WriteAllTextAsync(_folder.File("trials/1f/trial.json"), "ol");
        await DownloadAsync();
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File("trials/1f/trial.json")));
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("a/../../../outside")]
    [InlineData("/root")]
    [InlineData("a//b")]
    [InlineData("C:\\windows")]
    [InlineData("nul\0byte")]
    [InlineData("Flöte, 笛 🎺")]
    public async Task Stays_Inside_Of_The_Folder(string name)
    {
        await WriteAsync($"audio/{name}/audio.wav", "here");
        Assert.Equal(1, await DownloadAsync());
        var file = Assert.Single(Directory.GetFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
        Assert.Equal("here", await File.ReadAllTextAsync(file));
        Assert.StartsWith("audio/", Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_Names_Apart_That_Are_Too_Long_For_A_Disk()
    {
        foreach (var last in "ab") await WriteAsync($"audio/{new string('ü', 400)}{last}/audio.wav", last.ToString());
        Assert.Equal(2, await DownloadAsync());
        var contents = Directory.GetFiles(_folder.FullPath, "audio.wav", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.Equal(["a", "b"], contents.Order(StringComparer.Ordinal));
    }

    private Task<int> DownloadAsync() => DownloadAsync(
    [
        .. ((string[])[
            Containers.Audio, Containers.Collections, Containers.Datasets, Containers.Trials, Containers.Baselines, Containers.Sweeps,
            Containers.Rejected,
        ]).Select(container => new BlobPath(container, "")),
    ]);

    private Task<int> DownloadAsync(IReadOnlyList<BlobPath> results) =>
        new ResultDownload(_store).RunAsync(_folder.FullPath, results, CancellationToken.None);

    private async Task WriteAsync(string blob, string content)
    {
        var parts = blob.Split('/', 2);
        await _store.EnsureContainersAsync();
        await _store.WriteAsync(new BlobPath(parts[0], parts[1]), Encoding.UTF8.GetBytes(content));
    }

    private List<string> Files() =>
    [
        .. Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.FullPath, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
