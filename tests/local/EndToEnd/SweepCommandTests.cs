using System.Text.Json;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class SweepCommandTests
{
    [Fact]
    public async Task Prints_Json_And_Nothing_Else_For_Scripts()
    {
        await using var workspace = await Workspace.OpenAsync();
        var none = await workspace.RunAsync("sweep", "--preset", "baseline", "--out", workspace.Out);
        Assert.Equal(2, none.ExitCode);
        Assert.Matches(@"^music: there is no data set yet; [^\n]+\.\n$", none.Error);

        await workspace.IngestSamplesAsync();
        var result = await workspace.RunAsync(
            "sweep", "--json", "--hidden-units", "4", "8", "--learning-rate", "0.01", "--epochs", "3", "--batch-size", "500", "--seed", "7",
            "--validation", "0.25", "--dataset", "notes", "--out", workspace.Out);
        Assert.True(result.ExitCode == 0, result.Error);
        var sweep = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("completed", sweep.GetProperty("state").GetString());
        Assert.Equal(2, sweep.GetProperty("trials").GetArrayLength());
        foreach (var trial in sweep.GetProperty("trials").EnumerateArray())
        {
            Assert.Equal(500, trial.GetProperty("parameters").GetProperty("batchSize").GetInt32());
            Assert.Equal(7, trial.GetProperty("parameters").GetProperty("seed").GetInt32());
            Assert.Equal(3, trial.GetProperty("epoch").GetInt32());
        }

        Assert.Equal(0.25, sweep.GetProperty("request").GetProperty("validation").GetDouble());
        Assert.True(File.Exists(Path.Combine(workspace.Out, "sweeps", sweep.GetProperty("id").GetString()!, "report.html")));
        await RefusesAsync(workspace);
    }

    private static async Task RefusesAsync(Workspace workspace)
    {
        foreach (var (arguments, reason) in new (string[], string)[]
        {
            (["--dataset", "other"], "there is no data set 'other'"),
            (["--preset", "lap"], "there is no preset 'lap'"),
            (["--preset", "lab", "--hidden-units", "4"], "has its own"),
            (["--hidden-units", "0"], "out of range"),
            (["--hidden-units", "4", "--epochs", "0"], "out of range"),
            (["--learning-rate", "-1"], "out of range"),
            (["--hidden-units", "4", "--validation", "2"], "no validation rule"),
            (["--hidden-units", "four"], "Cannot parse argument 'four'"),
        })
        {
            var result = await workspace.RunAsync(["sweep", .. arguments, "--out", workspace.Out]);
            Assert.Equal(2, result.ExitCode);
            Assert.Matches(@"^music: [^\n]+\.\n$", result.Error);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        }
    }
}
