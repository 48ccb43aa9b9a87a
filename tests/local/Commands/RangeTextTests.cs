using MusicPipeline.Errors;
using MusicPipeline.Local.Commands;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class RangeTextTests
{
    [Theory]
    [InlineData("0.01 1e-3", false, RangeKind.List, new[] { 0.01, 0.001 })]
    [InlineData("64,128 256", true, RangeKind.List, new[] { 64.0, 128, 256 })]
    [InlineData("2^5 -7", true, RangeKind.List, new[] { 32.0, -7 })]
    [InlineData("64..256:64", true, RangeKind.Steps, new[] { 64.0, 128, 192, 256 })]
    [InlineData("-2..2:2", true, RangeKind.Steps, new[] { -2.0, 0, 2 })]
    [InlineData("2^2..2^4", true, RangeKind.PowersOfTwo, new[] { 4.0, 8, 16 })]
    [InlineData("8..10", true, RangeKind.Integer, new[] { 8.0, 9, 10 })]
    public void Reads_Values(string text, bool integer, RangeKind kind, double[] values)
    {
        var range = RangeText.Parse("--it", text.Split(' '), integer);

        Assert.Equal(kind, range.Kind);
        Assert.Equal(values, range.ToList());
    }

    [Theory]
    [InlineData("0..0.1", false, RangeKind.Uniform, 0, 0.1)]
    [InlineData("log:1e-4..1e-1", false, RangeKind.LogUniform, 1e-4, 0.1)]
    [InlineData("log:4..1024", true, RangeKind.LogInteger, 4, 1024)]
    [InlineData("log:2^2..2^10", true, RangeKind.LogInteger, 4, 1024)]
    [InlineData("2^2..100", true, RangeKind.Integer, 4, 100)]
    public void Reads_Ranges(string text, bool integer, RangeKind kind, double from, double to)
    {
        var range = RangeText.Parse("--it", [text], integer);

        Assert.Equal((kind, from, to), (range.Kind, range.From, range.To));
    }

    [Theory]
    [InlineData("four")]
    [InlineData("1..")]
    [InlineData("..2")]
    [InlineData("1..2..3")]
    [InlineData("1..2:")]
    [InlineData("log:1..2:1")]
    [InlineData("lin:1..2")]
    [InlineData("2^1..2^3:1")]
    [InlineData("2^9999")]
    [InlineData("NaN")]
    public void Refuses_Anything_Else(string text) =>
        Assert.Contains("is no number and no range", Assert.Throws<InputException>(() => RangeText.Parse("--it", [text], false)).Message);

    [Fact]
    public void Reads_Pruners()
    {
        Assert.Equal(new AsynchronousHalving(), Parse("asha"));
        Assert.Equal(
            new AsynchronousHalving { Factor = 4, MinEpochs = 2, Metric = Objective.Loss },
            Parse("ASHA:factor=4, minEpochs=2,metric=loss"));
        Assert.Equal(new ThresholdPruner { Limit = 0.5, WarmupEpochs = 3 }, Parse("threshold:limit=0.5,warmupEpochs=3"));
        Assert.Equal(
            new MedianPruner { StartupTrials = 7, Interval = 2 }, Parse("median:startupTrials=7,interval=2"));
        Assert.Equal(new PatiencePruner { Patience = 3, Margin = 0.001 }, Parse("patience:patience=3,margin=1e-3"));
        Assert.Equal(
            new PatientPruner { Patience = 2, Inner = new AsynchronousHalving { MinEpochs = 2, Factor = 4 } },
            Parse("patient:patience=2,inner=asha:minEpochs=2,factor=4"));
    }

    [Fact]
    public void Reads_Samplers() => Assert.Equal(
        new TpeSampler { StartupTrials = 5, Candidates = 12, Trials = 40 },
        PolicyText.Parse("tpe:startupTrials=5,candidates=12,trials=40", Sampler.Kinds, "--sampler"));

    [Theory]
    [InlineData("hyperband", "there is no pruner 'hyperband'; choose one of none, median, asha, threshold, patience")]
    [InlineData("asha:eta=3", "no pruner has a parameter 'eta'")]
    [InlineData("asha:factor", "'factor' is no parameter of a pruner")]
    [InlineData("asha:factor=x", "the factor 'x' is no whole number")]
    [InlineData("threshold:limit=NaN", "the limit 'NaN' is no number")]
    [InlineData("asha:metric=f1", "there is no metric 'f1'")]
    public void Refuses_Other_Pruners(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<InputException>(() => Parse(text)).Message);

    private static Pruner Parse(string text) => PolicyText.Parse(text, Pruner.Kinds, "--pruner");
}
