using System.Text.Json;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class SearchCommandTests
{
    private static readonly string[] Search =
    [
        "sweep", "--dataset", "notes", "--learning-rate", "0.0001", "0.001", "0.01", "--hidden-units", "4", "16", "--epochs", "9",
        "--pruner", "asha:minEpochs=1,factor=3", "--max-parallel", "1", "--baselines", "naive-bayes", "--json",
    ];

    [Fact]
    public async Task Halving_Ends_Most_Trials_Early_And_Is_Answered_From_The_Record_The_Second_Time()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();

        var first = await RunAsync(workspace);

        Assert.Equal("asha", first.GetProperty("request").GetProperty("pruner").GetProperty("kind").GetString());
        var trials = first.GetProperty("trials").EnumerateArray().ToArray();
        var states = trials.Select(trial => (State: trial.GetProperty("state").GetString(), Epoch: trial.GetProperty("epoch").GetInt32()))
            .ToArray();
        Assert.Equal(6, states.Length);
        Assert.InRange(states.Count(trial => trial == ("completed", 9)), 1, 3);
        Assert.All(states, trial => Assert.True(trial is ("completed", 9) or ("pruned", 1) or ("pruned", 3), trial.ToString()));
        var id = first.GetProperty("id").GetString()!;
        var best = first.GetProperty("best").GetProperty("trialId").GetString();
        Assert.Equal("completed", trials.Single(trial => trial.GetProperty("id").GetString() == best).GetProperty("state").GetString());
        Assert.Contains(
            "pruned", await File.ReadAllTextAsync(Path.Combine(workspace.Out, "sweeps", id, "report.md")), StringComparison.Ordinal);
        foreach (var report in (string[])["report.html", "report.md"])
            await Workspace.CheckLinksAsync(
                Path.Combine(workspace.Out, "sweeps", id, report), "best.onnx", "model.onnx", "trial.json", "baseline.json");
        Assert.Equal(8, (await File.ReadAllLinesAsync(Path.Combine(workspace.Out, "sweeps", id, "trials.csv"))).Length);
        Assert.True(File.Exists(Path.Combine(workspace.Out, "sweeps", id, "best.onnx")));

        var second = await RunAsync(workspace);

        Assert.Equal((id, best), (second.GetProperty("id").GetString(), second.GetProperty("best").GetProperty("trialId").GetString()));
        Assert.Equal(6, second.GetProperty("counts").GetProperty("reused").GetInt32());
    }

    [Theory]
    [InlineData("halving", "halving")]
    [InlineData("asha:factor=1", "factor")]
    [InlineData("asha:interval=2", "interval")]
    [InlineData("threshold", "limit")]
    public async Task Says_What_Is_Wrong_With_A_Pruner(string pruner, string reason)
    {
        using var workspace = await Workspace.OpenAsync();
        var result = await workspace.RunAsync("sweep", "--hidden-units", "4", "--pruner", pruner, "--out", workspace.Out);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^music: [^\n]+\.\n$", result.Error);
        Assert.Contains(reason, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<JsonElement> RunAsync(Workspace workspace)
    {
        var result = await workspace.RunAsync([.. Search, "--out", workspace.Out]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
