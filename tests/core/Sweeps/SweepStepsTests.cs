using System.Runtime.CompilerServices;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>
/// The steps of a sweep as they were when its version was raised last. Durable replays what a running sweep has done; where
/// another version of the app asks for something else, or in another order, the sweep is lost.
/// </summary>
public sealed class SweepStepsTests
{
    private static readonly SweepRequest Grid = new() { LearningRates = [0.01], HiddenUnits = [3, 4, 5, 6], Epochs = 4, BatchSize = 16 };

    [Fact]
    public async Task The_Version_Is_Raised_With_The_Steps()
    {
        var now = string.Join('\n', await RecordAsync()) + "\n";
        var path = PathOf(OrchestrationNames.Version);
        Assert.True(File.Exists(path), $"Version {OrchestrationNames.Version} has no recorded steps. Put these into {path}:\n{now}");
        Assert.True(
            File.ReadAllText(path) == now,
            $"The steps of a sweep are not those of version {OrchestrationNames.Version} any more. Raise OrchestrationNames.Version and "
            + $"defaultVersion in host.json, and put these into a file of that version beside {path}:\n{now}");
    }

    private static string PathOf(string version, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, $"steps-{version}.txt");

    private static async Task<List<string>> RecordAsync() =>
    [
        await RecordAsync("whole", Grid with { HiddenUnits = [3], Baselines = ["naive-bayes"] }, new RecordedRun()),
        await RecordAsync("retried", Grid with { HiddenUnits = [3, 4] }, new RecordedRun { FaultAt = 2 }),
        await RecordAsync("paused", Grid, new RecordedRun { PauseAt = 2 }),
        await RecordAsync("in parts", Grid, new RecordedRun { PartSize = 2 }),
        await RecordAsync("in parts, paused", Grid, new RecordedRun { PartSize = 3, PauseAt = 2, Looks = 2 }),
        await RecordAsync("halving", Grid with { Pruner = new AsynchronousHalving { MinEpochs = 1, Factor = 2 } }, new RecordedRun()),
        await RecordAsync(
            "learning",
            new()
            {
                Space = new() { [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0.001, 0.1) },
                HiddenUnits = [2, 4],
                Sampler = new TpeSampler { Trials = 5, StartupTrials = 2 },
                Epochs = 1,
                BatchSize = 32,
            },
            new RecordedRun { PartSize = 4 }),
        await RecordAsync("giving way", Grid with { HiddenUnits = [3, 4] }, new RecordedRun { YieldAt = 1, Looks = 2 }),
    ];

    private static async Task<string> RecordAsync(string name, SweepRequest request, RecordedRun run)
    {
        var steps = await run.StepsAsync(request);
        return $"{name}: {string.Join(", ", steps)}";
    }
}
