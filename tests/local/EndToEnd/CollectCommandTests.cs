using System.Text.Json;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class CollectCommandTests
{
    [Fact]
    public async Task Makes_A_Data_Set_Of_Labelled_Recordings_That_Sweeps_Train_On()
    {
        using var workspace = await Workspace.OpenAsync();
        var none = await workspace.RunAsync("collect", "--out", workspace.Out);
        Assert.Equal(2, none.ExitCode);
        Assert.Matches(@"^music: there is no collection yet; upload recordings with [^\n]+\.\n$", none.Error);

        var files = Recordings(workspace, "low", "high");
        var unlabelled = await workspace.RunAsync("upload", files[0], "--collection", "samples");
        Assert.Equal(2, unlabelled.ExitCode);
        Assert.Contains("it has no label; give one with --label", unlabelled.Error, StringComparison.Ordinal);
        var foreign = workspace.File("song.flac");
        await File.WriteAllTextAsync(foreign, "fLaC", TestContext.Current.CancellationToken);
        var uploaded = await workspace.RunAsync(["upload", "--label-from-folder", "--collection", "samples", foreign, .. files]);
        Assert.Equal(2, uploaded.ExitCode);
        Assert.Contains("'ffmpeg -i \"song.flac\" \"song.wav\"' converts most others", uploaded.Error, StringComparison.Ordinal);
        Assert.Equal(files.Length, uploaded.Output.Split('\n').Count(line => line.StartsWith("samples/", StringComparison.Ordinal)));

        var collected = await workspace.RunAsync("collect", "samples", "--json", "--out", workspace.Out);
        Assert.True(collected.ExitCode == 0, collected.Error);
        var results = JsonDocument.Parse(collected.Output).RootElement;
        var labels = results.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("name").GetString());
        Assert.Equal(["high", "low"], labels);
        Assert.True(File.Exists(Path.Combine(workspace.Out, "collections", "samples", "report.html")));
        var version = results.GetProperty("version").GetString()!;
        Assert.True(File.Exists(Path.Combine(workspace.Out, "datasets", "samples", version, "train_groups.npy")));
        var again = await workspace.RunAsync("collect", "--out", workspace.Out);
        Assert.Contains($"samples is at version {version}: ", again.Output, StringComparison.Ordinal);

        var sweep = await workspace.RunAsync(
            "sweep", "--dataset", "samples", "--hidden-units", "8", "--epochs", "5", "--validation", "test", "--out", workspace.Out);
        Assert.True(sweep.ExitCode == 0, sweep.Error);
    }

    [Fact]
    public async Task What_Makes_No_Data_Set_Is_Said_In_One_Sentence()
    {
        using var workspace = await Workspace.OpenAsync();
        var files = Recordings(workspace, "low");
        var uploaded = await workspace.RunAsync(["upload", "--label", "piano", .. files]);
        Assert.True(uploaded.ExitCode == 0, uploaded.Error);
        var collected = await workspace.RunAsync("collect", "--out", workspace.Out);
        Assert.Equal(2, collected.ExitCode);
        Assert.Equal(
            "music: recordings: all its recordings are under the label 'piano', which is one class, and a classifier needs two or more; "
            + "upload recordings under another label.\n",
            // What takes longer than a second says how far it is.
            string.Join('\n', collected.Error.Split('\n').Where(line => !line.EndsWith(" recordings read", StringComparison.Ordinal))));

        var both = await workspace.RunAsync("upload", files[0], "--label", "piano", "--label-from-folder");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("--label: recordings cannot have this label and that of their folder", both.Error, StringComparison.Ordinal);
    }

    /// <summary>Three recordings in a folder for each label.</summary>
    private static string[] Recordings(Workspace workspace, params string[] labels)
    {
        var samples = Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "samples"), "*.aiff").Order(StringComparer.Ordinal).ToArray();
        return
        [
            .. labels.SelectMany((label, index) => samples.Skip(3 * index).Take(3).Select(sample =>
            {
                var folder = Directory.CreateDirectory(workspace.File(label)).FullName;
                var file = Path.Combine(folder, Path.GetFileName(sample));
                File.Copy(sample, file);
                return file;
            })),
        ];
    }
}
