using System.Text;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A sweep that has fewer points than it was asked for says so.</summary>
public sealed class SmallSpaceTests
{
    private const string Sentence = "The sweep was asked for 40 points, and its space has 12.";

    private static readonly SweepRequest Request = new()
    {
        LearningRates = [0.001, 0.01, 0.1], HiddenUnits = [2, 3, 4, 5], Epochs = 1, Repeats = 2,
    };

    public static TheoryData<string, int, string?> Samplers => new()
    {
        { "random", 40, Sentence },
        { "sobol", 40, Sentence },
        { "tpe", 40, Sentence },
        { "random", 12, null },
        { "tpe", 12, null },
    };

    [Theory]
    [MemberData(nameof(Samplers))]
    public void The_Plan_Says_So(string kind, int trials, string? note) =>
        Assert.Equal(
            note, SweepPlanner.Plan(Request with { Sampler = Sampler.Kinds.Find(kind)! with { Trials = trials } }, "notes", "v1").Note);

    [Fact]
    public void Of_A_Range_That_Rounding_Narrows_The_Points_Are_Counted()
    {
        var space = new SpaceRequest { [HyperParameter.WeightDecay] = ParameterRange.Between(RangeKind.Uniform, 0.1, 0.10002) };

        var plan = SweepPlanner.Plan(new() { Space = space, Sampler = new RandomSampler { Trials = 9 } }, "notes", "v1");

        Assert.Equal($"The sweep was asked for 9 points, and its space has {plan.Trials.Count}.", plan.Note);
    }

    [Fact]
    public void Other_Sweeps_Have_No_Note()
    {
        Assert.Null(SweepPlanner.Plan(Request, "notes", "v1").Note);
        Assert.Null(SweepPlanner.Plan(new() { Preset = Presets.Lab }, "notes", "v1").Note);
        var endless = new SpaceRequest { [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 1e-4, 0.1) };
        Assert.Null(SweepPlanner.Plan(new() { Space = endless, Sampler = new TpeSampler { Trials = 40 } }, "notes", "v1").Note);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    public async Task Status_And_Report_Say_So(string kind)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var request = new SweepRequest { HiddenUnits = [2, 3], Epochs = 1, Sampler = Sampler.Kinds.Find(kind)! with { Trials = 5 } };
        const string sentence = "The sweep was asked for 5 points, and its space has 2.";

        var sweep = await rig.RunAsync(request);

        Assert.Equal((sentence, 2), (await rig.Catalog.GetAsync(sweep.Id) is var view ? view.Note : null, view!.Counts!.Total));
        foreach (var format in (string[])["md", "html"])
            Assert.Contains(
                sentence,
                Encoding.UTF8.GetString((await rig.Catalog.ReadReportAsync(sweep.Id, format, null)).Bytes.Span),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Extension_Can_Ask_For_Too_Much_And_For_What_Is_There()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var sweep = await rig.RunAsync(new() { HiddenUnits = [2, 3, 4], Epochs = 1, Sampler = new RandomSampler { Trials = 2 } });
        Assert.Null(sweep.Note);

        await rig.Control.ExtendAsync(sweep.Id, new() { Sampler = new RandomSampler { Trials = 9 } });
        await rig.Host.WaitAsync(sweep.Id);

        Assert.Equal("The sweep was asked for 9 points, and its space has 3.", (await rig.DocumentAsync(sweep.Id)).Note);
        await rig.Control.ExtendAsync(sweep.Id, new() { Epochs = 2 });
        await rig.Host.WaitAsync(sweep.Id);
        Assert.Equal(
            ("The sweep was asked for 9 points, and its space has 3.", 5),
            (await rig.DocumentAsync(sweep.Id) is var longer ? longer.Note : null, longer!.Counts!.Total));
    }
}
