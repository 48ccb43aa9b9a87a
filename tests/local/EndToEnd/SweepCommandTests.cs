using System.Text.Json;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class SweepCommandTests
{
    [Fact]
    public async Task Prints_Json_And_Nothing_Else_For_Scripts()
    {
        using var workspace = await Workspace.OpenAsync();
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
        await FollowsAsync(workspace, sweep.GetProperty("id").GetString()!);
        await StartsAgainAsync(workspace, sweep.GetProperty("id").GetString()!);
        await ComparesAsync(workspace);
        await CopiesItsOwnAsync(workspace);
        await RefusesAsync(workspace);
    }

    /// <summary>A sweep's results come without those of the others on record.</summary>
    private static async Task CopiesItsOwnAsync(Workspace workspace)
    {
        var other = workspace.File("own");
        var result = await workspace.RunAsync(
            "sweep", "--json", "--hidden-units", "4", "--epochs", "2", "--dataset", "notes", "--baselines", "perceptron", "--out", other);
        var sweep = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["baselines", "sweeps", "trials"],
            Directory.GetDirectories(other).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        Assert.Equal([sweep.GetProperty("id").GetString()], Names("sweeps"));
        Assert.Equal(sweep.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("id").GetString()), Names("trials"));
        Assert.Equal(
            sweep.GetProperty("baselines").EnumerateArray().Select(baseline => baseline.GetProperty("id").GetString()), Names("baselines"));

        IEnumerable<string?> Names(string folder) =>
            Directory.GetDirectories(Path.Combine(other, folder)).Select(name => Path.GetFileName(name));
    }

    private static async Task ComparesAsync(Workspace workspace)
    {
        string[] arguments =
        [
            "sweep", "--hidden-units", "4", "--epochs", "2", "--dataset", "notes", "--baselines", "naive-bayes,perceptron", "naive-bayes",
            "--out", workspace.Out,
        ];
        var shown = await workspace.RunAsync(arguments);
        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.Contains("naive-bayes (baseline)", shown.Output, StringComparison.Ordinal);
        var result = await workspace.RunAsync([.. arguments, "--json"]);
        var sweep = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["naive-bayes", "perceptron"],
            sweep.GetProperty("request").GetProperty("baselines").EnumerateArray().Select(name => name.GetString()));
        foreach (var baseline in sweep.GetProperty("baselines").EnumerateArray())
            Assert.True(File.Exists(Path.Combine(workspace.Out, "baselines", baseline.GetProperty("id").GetString()!, "baseline.json")));

        var wrong = await workspace.RunAsync(
            "sweep", "--hidden-units", "4", "--dataset", "notes", "--baselines", "all", "svm", "--out", workspace.Out);
        Assert.Equal(
            (2, "music: there is no baseline 'svm'; choose from sdca, lbfgs, naive-bayes, perceptron.\n"), (wrong.ExitCode, wrong.Error));
    }

    private static async Task StartsAgainAsync(Workspace workspace, string id)
    {
        var record = Path.Combine(workspace.Out, "sweeps", id, "sweep.json");
        var again = await workspace.RunAsync("sweep", "--from", record, "--json", "--out", workspace.Out);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(id, JsonDocument.Parse(again.Output).RootElement.GetProperty("id").GetString());

        // Elsewhere the same bits are trained anew.
        using var other = await Workspace.OpenAsync();
        await other.IngestSamplesAsync();
        var anew = await other.RunAsync("sweep", "--from", record, "--out", other.Out);
        Assert.True(anew.ExitCode == 0, anew.Error);
        Assert.Contains("2 trials trained.", anew.Output, StringComparison.Ordinal);
        foreach (var file in (string[])["best.onnx", "histories.csv"])
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(workspace.Out, "sweeps", id, file)),
                await File.ReadAllBytesAsync(Path.Combine(other.Out, "sweeps", id, file)));
        }
    }

    private static async Task FollowsAsync(Workspace workspace, string id)
    {
        var result = await workspace.RunAsync("sweep", "--follow", id, "--json", "--out", workspace.Out);
        Assert.True(result.ExitCode == 0, result.Error);
        var events = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.Equal(["trial", "trial", "end"], events.Select(happened => happened.GetProperty("event").GetString()));
        Assert.Equal(id, events[^1].GetProperty("data").GetProperty("id").GetString());

        result = await workspace.RunAsync(
            "sweep", "--hidden-units", "5", "--epochs", "3", "--dataset", "notes", "--follow", "--out", workspace.Out);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(@"\[1/1\] learning rate 0.001, 5 units, 3 epochs: validation accuracy [0-9.]+ % after 3 epochs\n", result.Error);
        Assert.Contains("1 trial trained.", result.Output, StringComparison.Ordinal);
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
            (["--follow", "none-0123456789"], "there is no sweep 'none-0123456789'"),
            (["--follow", "grid-0123456789", "--epochs", "3"], "has its own --epochs"),
            (["--from", "nowhere/sweep.json"], "there is no such file"),
            (["--from", Path.Combine(AppContext.BaseDirectory, "MusicPipeline.Local.Tests.runtimeconfig.json")], "unknown property"),
            (["--from", "sweep.json", "--seed", "3"], "has its own --seed"),
            (["--learning-rate", "log:1e-4..0.1"], "a grid needs values"),
            (["--hidden-units", "four"], "'four' is no number and no range"),
        })
        {
            var result = await workspace.RunAsync(["sweep", .. arguments, "--out", workspace.Out]);
            Assert.Equal(2, result.ExitCode);
            Assert.Matches(@"^music: [^\n]+\.\n$", result.Error);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        }
    }
}
