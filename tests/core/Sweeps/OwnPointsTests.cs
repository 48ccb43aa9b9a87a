using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Points that a request names itself.</summary>
public sealed class OwnPointsTests
{
    private const string Points = """[{"learningRate":0.05,"hiddenUnits":7},{"activation":"relu","epochs":9}]""";

    [Fact]
    public async Task They_Come_Before_Those_Of_A_Grid()
    {
        const string Body = $$"""{"hiddenUnits":[4,8],"epochs":3,"points":{{Points}}}""";
        var request = await ReadAsync(Body);
        var plan = Plan(request);

        HyperParameters[] own =
        [
            new(0.05, 7, 3), new(0.001, 256, 9) { Activation = Activation.Relu },
        ];
        Assert.Equal([.. own, new(0.001, 4, 3), new(0.001, 8, 3)], plan.Trials.Select(trial => trial.Parameters));
        Assert.Equal([0, 1], plan.LongestFirst().Take(2).Order());
        Assert.Equal([0, 1], plan.Shuffled(isGrid: true).Take(2));
        Assert.Equal(Body, JsonSerializer.Serialize(request, PipelineJson.Compact));
        Assert.Equal(
            Plan(await ReadAsync("""{"learningRates":[0.05],"hiddenUnits":[7],"epochs":3}""")).Trials[0].Id, plan.Trials[0].Id);
    }

    [Fact]
    public async Task A_Request_May_Name_Them_Alone_With_Seeds() => Assert.Equal(
        [(7, 1), (7, 2), (256, 1), (256, 2)],
        Plan(await ReadAsync($$"""{"repeats":2,"points":{{Points}}}""")).Trials
            .Select(trial => (trial.Parameters.HiddenUnits, trial.Parameters.Seed)));

    [Fact]
    public async Task They_Take_What_Has_One_Value_Alone()
    {
        var request = await ReadAsync(
            """{"space":{"activation":["relu"],"hiddenUnits":[64],"layers":[1,2]},"points":[{"layers":3},{"activation":"tanh"}]}""");

        Assert.Equal(
            [(3, 64, Activation.Relu), (1, 64, Activation.Tanh)],
            Plan(request).Trials.Take(2).Select(trial => trial.Parameters).Select(own => (own.Layers, own.HiddenUnits, own.Activation)));
    }

    [Fact]
    public async Task A_Sampler_That_Learns_Starts_From_Them()
    {
        var store = await SweepRig.StoreAsync();
        const string Body = """
            {"dataset":"notes","space":{"learningRate":{"logUniform":{"from":0.0001,"to":0.3}}},"epochs":2,"batchSize":16,
             "sampler":{"kind":"tpe","trials":4,"startupTrials":2},"points":[{"learningRate":0.02},{"learningRate":0.03}]}
            """;

        var sweep = await new SweepRig(store, parallel: 1).RunAsync(await ReadAsync(Body));

        Assert.Equal((SweepState.Completed, 6), (sweep.State, sweep.Counts!.Completed));
        var plan = (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweep.Id, SweepFiles.Plan)))!;
        Assert.Equal([0.02, 0.03], plan.Trials.Take(2).Select(trial => trial.Parameters.LearningRate));
        Assert.Equal(6, plan.Trials.Select(trial => trial.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("[]", "the list of points is empty; give at least one.")]
    [InlineData("[{}]", "the point 1 is empty; name a hyper-parameter, such as learningRate.")]
    [InlineData(
        """[{"hiddenUnits": 2.5}]""",
        "the hiddenUnits 2.5 of the point 1 is out of range; give whole numbers from 1 to 16384.")]
    [InlineData(
        """[{"epochs": 2}, {"activation": "softplus"}]""",
        "the activation softplus of the point 2 is out of range; give one of sigmoid, tanh, relu.")]
    public async Task Says_What_Is_Wrong(string points, string problem)
    {
        var request = await ReadAsync($$"""{"hiddenUnits":[4],"points":{{points}}}""");

        Assert.Equal(problem, Assert.Throws<InputException>(() => Plan(request)).Message);
    }

    [Fact]
    public async Task Names_What_There_Is()
    {
        var request = await ReadAsync("""{"points":[{"layer":2}]}""");

        Assert.StartsWith(
            "the point 1 names 'layer', which is no hyper-parameter; name some of learningRate, hiddenUnits, batchSize, ",
            Assert.Throws<InputException>(() => Plan(request)).Message,
            StringComparison.Ordinal);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "v1");

    private static Task<SweepRequest> ReadAsync(string body) =>
        SweepRequestBody.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)));
}
