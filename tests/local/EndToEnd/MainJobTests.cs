using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class MainJobTests
{
    private static readonly string[] AudioFiles = ["audio.json", "audio.wav", "index.html", "mel.npy", "mel.png"];

    [Fact]
    public async Task Takes_The_Samples_Through_The_Pipeline_And_Reuses_Every_Trial_The_Next_Time()
    {
        using var workspace = await Workspace.OpenAsync();
        var first = await workspace.RunAsync("--out", workspace.Out);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("14 trials trained.", first.Output, StringComparison.Ordinal);
        Assert.Contains("[14/14]", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", first.Error, StringComparison.Ordinal);
        Assert.Single(first.Error.Split('\n'), line => line.Contains("notes is at version", StringComparison.Ordinal));

        var recordings = Directory.GetFiles(RepositoryPaths.Sample(""), "*.aiff").Select(file => Path.GetFileName(file)!).ToList();
        Assert.NotEmpty(recordings);
        Assert.Equal(
            recordings.SelectMany(name => AudioFiles.Select(file => $"audio/{name}/{file}")).Order(StringComparer.Ordinal),
            Files(workspace, "audio"));
        Assert.Equal(7, Files(workspace, "datasets").Count);
        Assert.Equal((5 + 14) * 3, Files(workspace, "trials").Count);
        Assert.Equal(["collections/samples/report.html"], Files(workspace, "collections"));
        // Of the labels of other recordings most are right, and no recording is without one.
        foreach (var label in (string[])["AltoSax[^│]*│ *3 │ saxophone,", "Bassoon[^│]*│ *3 │ bassoon,", "Cello[^│]*│ *3 │ cello,"])
            Assert.Matches(label, first.Output);
        Assert.Equal(
            recordings.Count,
            first.Output.Split('\n').Count(line => line.Contains(".aiff ", StringComparison.Ordinal) && line.Contains('%')));
        var sweeps = Directory.GetDirectories(Path.Combine(workspace.Out, "sweeps"));
        Assert.Equal(2, sweeps.Length);
        var sweep = Assert.Single(sweeps, folder => Path.GetFileName(folder).StartsWith("lab-", StringComparison.Ordinal));
        foreach (var file in (string[])["sweep.json", "report.md", "report.html", "best.onnx"])
            Assert.True(File.Exists(Path.Combine(sweep, file)), file);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(sweep, "charts"), "*.png"));
        await Workspace.CheckLinksAsync(Path.Combine(sweep, "report.html"), "best.onnx", "model.onnx", "trial.json");
        await Workspace.CheckLinksAsync(Path.Combine(sweep, "report.md"), "best.onnx", "model.onnx", "trial.json");
        foreach (var name in recordings)
            await Workspace.CheckLinksAsync(Path.Combine(workspace.Out, "audio", name, "index.html"), "audio.wav", "mel.png");
        Assert.Contains($"sweeps/{Path.GetFileName(sweep)}/report.html", first.Output, StringComparison.Ordinal);
        var trials = await workspace.FinishedTrialsAsync(atLeast: 19);

        var second = await workspace.RunAsync("--out", workspace.Out);
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Contains("All 14 trials were on record and have been reused.", second.Output, StringComparison.Ordinal);
        Assert.Contains("all 77 samples are there already", second.Error, StringComparison.Ordinal);
        var again = await workspace.FinishedTrialsAsync(atLeast: 19);
        Assert.Equal(
            trials.Select(trial => (trial.Key, trial.Value.Properties.ETag)),
            again.Select(trial => (trial.Key, trial.Value.Properties.ETag)));
        Assert.DoesNotContain(Files(workspace, ""), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_At_Once_That_Results_Cannot_Be_Written()
    {
        using var workspace = await Workspace.OpenAsync();
        await File.WriteAllTextAsync(workspace.Out, "a file where a folder is meant");
        foreach (var command in (string[][])[[], ["sweep", "--preset", "baseline"]])
        {
            var result = await workspace.RunAsync([.. command, "--out", workspace.Out]);
            Assert.Equal(2, result.ExitCode);
            Assert.Matches(@"^music: [^\n]+ no results can be written there [^\n]+--out\.\n$", result.Error);
        }
    }

    private static List<string> Files(Workspace workspace, string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(workspace.Out, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(workspace.Out, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
