using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class SearchRequestTests
{
    private static readonly ParameterRange Rates = ParameterRange.Between(RangeKind.LogUniform, 1e-4, 0.1);

    public static TheoryData<SweepRequest, string> Wrong => new()
    {
        {
            new() { Preset = "lab", Space = new() { [HyperParameter.Epochs] = List(3) } },
            "the preset 'lab' has its own points; give either a preset, or a space and a sampler."
        },
        { new() { Space = new() }, "the space is empty; name at least one hyper-parameter, or leave the space out." },
        { Of(new() { [HyperParameter.LearningRate] = List() }), "the space's learningRate has an empty list; correct the learningRate." },
        {
            Of(new() { [HyperParameter.Activation] = ParameterRange.Of(Activation.Relu, Activation.Relu) }),
            "the space's activation names a value twice; correct the activation."
        },
        {
            Of(new() { [HyperParameter.Epochs] = ParameterRange.InSteps(3, 1, 1) }),
            "the space's epochs goes from 3 to 1, and must go upwards; correct the epochs."
        },
        {
            Of(new() { [HyperParameter.Epochs] = ParameterRange.InSteps(1, 3, 0) }),
            "the space's epochs has a step of 0, which must be above 0; correct the epochs."
        },
        {
            Of(new() { [HyperParameter.Epochs] = ParameterRange.InSteps(1, 3, 0.5) }),
            "the space's epochs 1.5 is out of range; give whole numbers from 1 to 10000."
        },
        {
            Of(new() { [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.PowersOfTwo, 4, 100) }),
            "the space's hiddenUnits goes from 4 to 100, which must both be powers of two, such as 4 and 1024; correct the hiddenUnits."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0, 1) }),
            "the space's learningRate starts at 0, where a logarithmic range must start above 0; correct the learningRate."
        },
        {
            Of(new() { [HyperParameter.Epochs] = ParameterRange.Between(RangeKind.Integer, 1, 2.5) }),
            "the space's epochs goes from 1 to 2.5, where an integer range needs whole numbers; correct the epochs."
        },
        {
            Of(new() { [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 1, 1) }),
            "the space's weightDecay goes from 1 to 1; a single value is a list of one; correct the weightDecay."
        },
        {
            Of(new() { [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.LogUniform, 4, 64) }),
            "the space's hiddenUnits takes whole numbers; say logInteger instead of logUniform."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.Integer, 1, 2) }),
            "the space's learningRate is no whole number; say uniform instead of integer."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = List(0.1, 0) }),
            "the space's learningRate 0 is out of range; give numbers above 0 to 100."
        },
        {
            Of(new() { [HyperParameter.HiddenUnits] = List(4, 20_000) }),
            "the space's hiddenUnits 20000 is out of range; give whole numbers from 1 to 16384."
        },
        {
            Of(new() { [HyperParameter.WeightDecay] = List(-1) }),
            "the space's weightDecay -1 is out of range; give numbers from 0 to 100."
        },
        {
            Of(new() { [HyperParameter.Seed] = List(0.5) }),
            "the space's seed 0.5 is out of range; give whole numbers from -2147483648 to 2147483647."
        },
        {
            Of(new() { [HyperParameter.WeightDecay] = ParameterRange.InSteps(0, 100, 1e-9) }),
            "the space's weightDecay has 100000000001 values and a sweep takes at most 10000 trials; take larger steps."
        },
        {
            Of(new() { [HyperParameter.Epochs] = List(3) }) with { Epochs = 4 },
            "the request has epochs, and its space has epochs; give one of the two."
        },
        {
            Of(new() { [HyperParameter.Seed] = List(3) }) with { Repeats = 4 },
            "the request has repeats, and its space has seed; give one of the two."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = Rates }),
            "the space's learningRate is a range, and a grid needs values; list them, or choose the sampler random, sobol or tpe."
        },
        {
            Of(new() { [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.Integer, 1, 10_001) }),
            "the grid has 10001 trials and a sweep takes at most 10000; give fewer values, "
            + "or choose the sampler random, sobol or tpe."
        },
        {
            new() { Sampler = Random(5) },
            "the sampler 'random' has no space to choose from; give a space, "
            + "such as {\"learningRate\": {\"logUniform\": {\"from\": 0.0001, \"to\": 0.1}}}."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = Rates }, new SobolSampler()),
            "the sampler 'sobol' needs a number of trials; give 1 to 10000."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = Rates }, Random(0)),
            "the trials 0 of the sampler 'random' is out of range; give 1 to 10000."
        },
        {
            Of(new() { [HyperParameter.Epochs] = List(3) }, new GridSampler { Trials = 3 }),
            "the sampler 'grid' has no trials; leave it out."
        },
        {
            Of(new() { [HyperParameter.LearningRate] = Rates }, Random(200)) with { Repeats = 51 },
            "200 points with their seeds and folds are 10200 trials and a sweep takes at most 10000; ask for fewer of any."
        },
        { new() { Preset = "lab", Repeats = 101 }, "the number of repeats 101 is out of range; give 1 to 100." },
        { new() { Seed = int.MaxValue, Repeats = 2 }, "there are no 2 seeds from 2147483647 on; give a lower seed." },
        { new() { Pruner = new AsynchronousHalving { Factor = 1 } }, "the factor 1 of the pruner 'asha' is out of range; give 2 to 100." },
        {
            new() { Pruner = new ThresholdPruner() },
            "the pruner 'threshold' needs a limit; give the lowest accuracy, or with the metric loss the highest loss, "
            + "that a trial may have."
        },
        {
            new() { Pruner = new PatiencePruner { Margin = -1 } },
            "the margin -1 of the pruner 'patience' is out of range; give 0 or more."
        },
        { new() { Stop = new() }, "the stop conditions are empty; give accuracy, trials, epochs, seconds or failures, or leave them out." },
        {
            new() { Stop = new() { Accuracy = 99 } },
            "the stop accuracy 99 is out of range; give a share above 0 and at most 1, such as 0.99."
        },
        { new() { Stop = new() { Seconds = 0 } }, "the stop seconds 0 are out of range; give a number above 0." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Says_What_Is_Wrong(SweepRequest request, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => Plan(request)).Message);

    [Fact]
    public void A_Sweep_Is_Named_By_Its_Conditions_Too()
    {
        var plain = new SweepRequest { HiddenUnits = [4, 8] };
        var tpe = Of(new SpaceRequest { [HyperParameter.LearningRate] = Rates }, new TpeSampler { Trials = 20 });
        SweepRequest[] requests =
        [
            plain, plain with { Pruner = new AsynchronousHalving() }, plain with { Pruner = new AsynchronousHalving { Factor = 4 } },
            plain with { Stop = new() { Trials = 3 } }, plain with { Seed = 2, Stop = new() { Trials = 3 } },
            tpe, tpe with { Epochs = 7 }, tpe with { Space = new()
            {
                [HyperParameter.LearningRate] = Rates,
                [HyperParameter.Epochs] = List(3, 4),
            } },
        ];

        Assert.Equal(requests.Length, requests.Select(request => Plan(request).SweepId).Distinct().Count());
        Assert.Equal(Plan(plain).SweepId, Plan(plain with { Pruner = new NoPruner() }).SweepId);
        Assert.Equal(Plan(tpe).SweepId, Plan(tpe with { Dataset = "notes" }).SweepId);
        Assert.Equal(Plan(plain).Trials, Plan(plain with { Pruner = new AsynchronousHalving() }).Trials);
        Assert.Empty(Plan(tpe).Trials);
        Assert.Matches("^tpe-[0-9a-f]{10}$", Plan(tpe).SweepId);
    }

    [Fact]
    public void A_Space_Of_Lists_Is_The_Same_Sweep_As_The_Lists()
    {
        var lists = Plan(new SweepRequest { LearningRates = [0.1, 0.01], HiddenUnits = [8, 4] });
        var space = Plan(Of(new SpaceRequest
        {
            [HyperParameter.LearningRate] = List(0.1, 0.01),
            [HyperParameter.HiddenUnits] = List(8, 4),
        }));
        var both = Plan(Of(new SpaceRequest
        {
            [HyperParameter.LearningRate] = List(0.1, 0.01),
        }) with
        { HiddenUnits = [8, 4], Pruner = new NoPruner() });

        Assert.Equal(lists.SweepId, space.SweepId);
        Assert.Equal(lists.SweepId, both.SweepId);
        Assert.Equal(lists.Trials, space.Trials);
    }

    [Fact]
    public void A_Grid_Varies_Whatever_The_Space_Names()
    {
        var space = new SpaceRequest
        {
            [HyperParameter.Epochs] = ParameterRange.InSteps(2, 7, 2),
            [HyperParameter.WeightDecay] = ParameterRange.InSteps(0, 0.3, 0.1),
            [HyperParameter.Activation] = ParameterRange.Of(Activation.Relu),
        };
        var plan = Plan(Of(space) with { Seed = 9 });

        Assert.Equal(
            from epochs in new[] { 2, 4, 6 }
            from decay in new[] { 0, 0.1, 0.2, 0.3 }
            select new HyperParameters(0.001, 256, epochs, 128, 9) { WeightDecay = decay, Activation = Activation.Relu },
            plan.Trials.Select(trial => trial.Parameters));
        Assert.Matches("^grid-[0-9a-f]{10}$", plan.SweepId);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    public void Sampled_Points_Are_Distinct_And_Named_By_What_They_Are(string name)
    {
        var request = Of(
            new SpaceRequest
            {
                [HyperParameter.LearningRate] = Rates,
                [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.PowersOfTwo, 4, 1024),
            },
            Sampler.Kinds.Find(name)! with { Trials = 40 });
        var plan = Plan(request);

        Assert.Equal(40, plan.Trials.Select(trial => trial.Parameters).Distinct().Count());
        Assert.Equal([(name, 40)], plan.Studies.Select(study => (study.Name, study.TrialIds.Count)));
        Assert.Matches($"^{name}-[0-9a-f]{{10}}$", plan.SweepId);
        Assert.Equal(plan.SweepId, Plan(request).SweepId);
        Assert.NotEqual(plan.SweepId, Plan(request with { Sampler = request.Sampler! with { Seed = 2 } }).SweepId);
        // More of the same: what is on record is reused.
        Assert.Equal(plan.Trials, Plan(request with { Sampler = request.Sampler! with { Trials = 60 } }).Trials.Take(40));
    }

    [Fact]
    public void A_Small_Space_Is_Used_Up_And_No_More()
    {
        var plan = Plan(Of(new SpaceRequest
        {
            [HyperParameter.HiddenUnits] = List(4, 8),
            [HyperParameter.Activation] = ParameterRange.Of(Activation.Tanh, Activation.Relu),
        }, Random(50)));

        Assert.Equal(4, plan.Trials.Count);
    }

    [Fact]
    public void Ten_Thousand_Points_Are_Planned_As_They_Were_Asked_For()
    {
        var plan = Plan(
            Of(new SpaceRequest
            {
                [HyperParameter.LearningRate] = Rates,
                [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 0, 0.1),
            }, Random(10_000)));

        Assert.Equal(10_000, plan.Trials.Count);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "0123456789abcdef");

    private static SweepRequest Of(SpaceRequest space, Sampler? sampler = null) => new() { Space = space, Sampler = sampler };

    private static Sampler Random(int trials) => new RandomSampler { Trials = trials };

    private static ParameterRange List(params double[] values) => ParameterRange.Of(values);
}
