using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>Large sweeps on Durable's engine.</summary>
public sealed class SweepPartsTests
{
    private static readonly SweepRequest Sixty = new()
    {
        LearningRates = [0.1, 0.05, 0.02, 0.01, 0.005, 0.001],
        HiddenUnits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        Epochs = 1,
        BatchSize = 32,
    };

    [Fact]
    public async Task Sixty_Trials_Are_Split_Over_Child_Orchestrations()
    {
        var device = new ScriptedDevice();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(16, TrialsPerOrchestration: 25), device);

        var sweep = await rig.RunAsync(Sixty);

        Assert.Equal(new SweepCounts(60, 0, 0, 60, 0, 0, 0, 0), sweep.Counts);
        Assert.Equal(60, device.Calls.Count);
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
        Assert.InRange(device.MostAtOnce, 1, 16);
        Assert.Equal(
            [sweep.Id, $"{sweep.Id}-part-0", $"{sweep.Id}-part-1", $"{sweep.Id}-part-2", DurableSweepHost.WatchOf(sweep.Id)],
            await InstancesAsync(rig));
        var status = (await rig.Client.GetInstanceAsync(sweep.Id, getInputsAndOutputs: true))!.ReadCustomStatusAs<SweepStatus>()!;
        Assert.Equal(new string('c', 60), status.Trials);
    }

    [Fact]
    public async Task A_Large_Sweep_Runs_Again_Though_Its_Children_Are_On_Record()
    {
        var device = new ScriptedDevice();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(4, TrialsPerOrchestration: 4), device);
        var request = Sixty with { LearningRates = [0.1], HiddenUnits = [1, 2, 3, 4, 5, 6] };
        var first = await rig.RunAsync(request);

        var second = await rig.RunAsync(request, runAgain: true);

        Assert.Equal((SweepState.Completed, 1, 0), (first.State, first.Run, first.Counts!.Reused));
        Assert.Equal((SweepState.Completed, 2, 6), (second.State, second.Run, second.Counts!.Reused));
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
        Assert.Equal([first.Id, $"{first.Id}-part-0", $"{first.Id}-part-1", DurableSweepHost.WatchOf(first.Id)], await InstancesAsync(rig));
    }

    [Fact]
    public async Task A_Sweep_That_Learns_Hands_On_What_It_Knows()
    {
        var request = new SweepRequest
        {
            Space = new() { [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0.001, 0.1) },
            HiddenUnits = [2, 4, 8],
            Sampler = new TpeSampler { Trials = 10, StartupTrials = 3 },
            Epochs = 1,
            BatchSize = 32,
        };
        var device = new ScriptedDevice();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2, TrialsPerOrchestration: 4), device);

        var sweep = await rig.RunAsync(request);

        Assert.Equal((SweepState.Completed, 10, null), (sweep.State, sweep.Counts!.Completed, sweep.Error));
        Assert.Equal(10, device.Calls.Count);
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
        Assert.Equal(
            [sweep.Id, $"{sweep.Id}-part-0", $"{sweep.Id}-part-1", $"{sweep.Id}-part-2", DurableSweepHost.WatchOf(sweep.Id)],
            await InstancesAsync(rig));
        await using var whole = await DurableRig.StartAsync(new SweepCapacity(2), new ScriptedDevice());
        var other = await whole.RunAsync(request);
        Assert.Equal(other.Best, sweep.Best);
    }

    [Fact]
    public async Task A_Running_Sweep_In_Parts_That_Is_Extended_Goes_On_In_The_Same_Orchestration()
    {
        using var reached = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var device = new ScriptedDevice((parameters, _, token) =>
        {
            if (parameters.HiddenUnits != 1) return;
            reached.Set();
            goOn.Wait(TimeSpan.FromMinutes(5), token);
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2, TrialsPerOrchestration: 3), device);
        var started = await rig.Get<SweepService>().StartAsync(Sixty with { LearningRates = [0.1], HiddenUnits = [1, 2, 3, 4] });
        Assert.True(reached.Wait(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));

        await rig.Get<SweepControl>().ExtendAsync(started.Id, new() { HiddenUnits = [5, 6] });
        goOn.Set();
        var sweep = await rig.EndAsync(started.Id);

        Assert.Equal((SweepState.Completed, 6, 2), (sweep.State, sweep.Counts!.Completed, sweep.Run));
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
    }

    private static ValueTask<List<string>> InstancesAsync(DurableRig rig) =>
        rig.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).Order().ToListAsync();
}
