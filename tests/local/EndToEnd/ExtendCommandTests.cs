using System.Text.Json;
using MusicPipeline.Local.Tests;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

public sealed class ExtendCommandTests
{
    [Fact]
    public async Task Extends_By_What_A_Sweep_Trains_On_How_Many_At_Once_And_Its_Priority()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        string[] small = ["--hidden-units", "4", "8", "--epochs", "2", "--batch-size", "500", "--dataset", "notes"];
        var result = await workspace.RunAsync(["sweep", .. small, "--json", "--out", workspace.Out]);
        Assert.True(result.ExitCode == 0, result.Error);
        var id = JsonDocument.Parse(result.Output).RootElement.GetProperty("id").GetString()!;

        result = await ExtendAsync(workspace, id, "--hidden-units", "6", "--max-parallel", "1", "--priority", "-3", "--device", "cpu");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("2 of 3 trials were on record and have been reused.", result.Output, StringComparison.Ordinal);
        var sweep = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(workspace.Out, "sweeps", id, "sweep.json"))).RootElement;
        Assert.Equal(
            """{"hiddenUnits":[6],"device":"cpu","maxParallel":1,"priority":-3}""",
            JsonSerializer.Serialize(Assert.Single(sweep.GetProperty("extensions").EnumerateArray())));
        await RefusesAsync(workspace, id);
    }

    private static async Task RefusesAsync(Workspace workspace, string id)
    {
        foreach (var (arguments, reason) in new (string[], string)[]
        {
            ([], "the extension names nothing"),
            (["--max-parallel", "0"], "the number of trials at once 0 is out of range"),
            (["--priority", "11"], "the priority 11 is out of range"),
            (["--device", "tpu"], "--device"),
        })
        {
            var result = await ExtendAsync(workspace, id, arguments);
            Assert.Equal(2, result.ExitCode);
            Assert.Matches(@"^music: [^\n]+\.\n$", result.Error);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        }
    }

    private static Task<ProgramResult> ExtendAsync(Workspace workspace, string id, params string[] arguments) =>
        workspace.RunAsync(["sweep", "extend", id, .. arguments, "--out", workspace.Out]);
}
