using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>What a sweep whose points depend on its results can be extended by.</summary>
public sealed partial class LearningSweepTests
{
    [Fact]
    public async Task Can_Be_Extended_By_More_Trials_And_By_More_Epochs()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, parallel: 1);
        var first = await rig.RunAsync(Request with { Sampler = Request.Sampler! with { Trials = 6 } });
        var whole = await SweepRig.StoreAsync();
        var undisturbed = await new SweepRig(whole, parallel: 1).RunAsync(Request);

        foreach (var _ in (int[])[1, 2]) await rig.Control.ExtendAsync(first.Id, new() { Sampler = Request.Sampler });
        await rig.Host.WaitAsync(first.Id);

        Assert.Equal(
            (await PlanAsync(whole, undisturbed)).Trials.Select(trial => trial.Id),
            (await PlanAsync(store, first)).Trials.Select(trial => trial.Id));
        await rig.Control.ExtendAsync(first.Id, new() { Epochs = 5 });
        await rig.Host.WaitAsync(first.Id);

        var plan = await PlanAsync(store, first);
        Assert.Equal(2 * Wanted, plan.Trials.Count);
        Assert.All(plan.Trials.Take(Wanted).Zip(plan.Trials.Skip(Wanted)), pair =>
            Assert.Equal((pair.First.Parameters with { Epochs = 5 }, pair.First.Id), (pair.Second.Parameters, pair.Second.From)));
        Assert.Equal(
            (SweepState.Completed, 2 * Wanted),
            (await rig.DocumentAsync(first.Id) is var done ? done.State : default, done.Counts!.Completed));
    }

    [Fact]
    public async Task An_Extension_Of_A_Running_Sweep_Changes_No_Point_Of_The_Rest()
    {
        var undisturbed = await SweepRig.StoreAsync();
        var whole = await new SweepRig(undisturbed, parallel: 1).RunAsync(Request);
        var store = await SweepRig.StoreAsync();
        SweepRig? rig = null;
        var begun = 0;
        rig = new SweepRig(store, new GateDevice((_, epoch) =>
        {
            if (epoch == 1 && ++begun == 3) Task.Run(() => rig!.Control.ExtendAsync(whole.Id, new() { Epochs = 5 })).Wait();
        }), parallel: 1);

        var document = await rig.RunAsync(Request);

        var plan = await PlanAsync(store, document);
        Assert.Equal((SweepState.Completed, 2 * Wanted), (document.State, document.Counts!.Completed));
        Assert.Equal(
            (await PlanAsync(undisturbed, whole)).Trials.Select(trial => trial.Id), plan.Trials.Take(Wanted).Select(trial => trial.Id));
        Assert.All(plan.Trials.Skip(Wanted), trial => Assert.Equal(5, trial.Parameters.Epochs));
    }

    public static TheoryData<SweepRequest, string> Wrong => new()
    {
        { new() { HiddenUnits = [4] }, "name those, with the sampler as it is" },
        { new() { Sampler = new RandomSampler { Trials = 50 } }, "name those, with the sampler as it is" },
        { new() { Sampler = new TpeSampler { Trials = 50, StartupTrials = Startup, Seed = 4 } }, "name those, with the sampler as it is" },
        { new() { Epochs = 2 }, "fewer trials or epochs than the sweep; give more" },
        { new() { Sampler = new TpeSampler { Trials = 2000, StartupTrials = Startup, Seed = 3 } }, "takes at most 1000" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Says_What_It_Cannot_Be_Extended_By(SweepRequest extension, string message)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var plan = await rig.PlanAsync(Request);

        var exception = await Assert.ThrowsAsync<InputException>(() => rig.Control.ExtendAsync(plan.SweepId, extension));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
