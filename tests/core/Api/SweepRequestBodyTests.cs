using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class SweepRequestBodyTests
{
    private const string Forms =
        "a range is a list, {\"from\", \"to\", \"step\"}, or one of powersOfTwo, uniform, logUniform, "
        + "integer and logInteger with {\"from\", \"to\"}";

    private const string Remedy =
        "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.";

    [Fact]
    public async Task Reads_Every_Property()
    {
        var request = await ReadAsync(
            """
            {"dataset": "notes", "learningRates": [0.01, 1e-3], "hiddenUnits": [64, 256], "epochs": 30, "batchSize": 32,
             "seed": -7, "validation": 0.25}
            """);

        Assert.Equal("notes", request.Dataset);
        Assert.Equal([0.01, 0.001], request.LearningRates!);
        Assert.Equal([64, 256], request.HiddenUnits!);
        Assert.Equal((30, 32, -7), (request.Epochs, request.BatchSize, request.Seed));
        Assert.Equal(ValidationRule.HoldOut(0.25), request.Validation);
        Assert.Null(request.Preset);
    }

    [Fact]
    public async Task Reads_A_Space_And_How_To_Search_It()
    {
        const string Body =
            """
            {"space":{"learningRate":{"logUniform":{"from":0.0001,"to":0.1}},"hiddenUnits":{"powersOfTwo":{"from":4,"to":1024}},
            "batchSize":[32,64],"epochs":{"from":10,"to":30,"step":10},"seed":{"integer":{"from":1,"to":5}},
            "weightDecay":{"uniform":{"from":0,"to":0.1}},"schedule":["constant","cosine"],"activation":["tanh","relu"]},
            "sampler":{"kind":"tpe","trials":50,"seed":3,"startupTrials":5,"candidates":12},
            "pruner":{"kind":"asha","metric":"loss","minEpochs":2,"factor":4},
            "stop":{"accuracy":0.99,"trials":40,"epochs":1000,"seconds":90.5,"failures":3},"repeats":3}
            """;

        var request = await ReadAsync(Body);

        Assert.Equal(
            [
                (HyperParameter.LearningRate, RangeKind.LogUniform), (HyperParameter.HiddenUnits, RangeKind.PowersOfTwo),
                (HyperParameter.BatchSize, RangeKind.List), (HyperParameter.Epochs, RangeKind.Steps),
                (HyperParameter.Seed, RangeKind.Integer),
                (HyperParameter.WeightDecay, RangeKind.Uniform), (HyperParameter.Schedule, RangeKind.List),
                (HyperParameter.Activation, RangeKind.List),
            ],
            request.Space!.Ranges().Select(pair => (pair.Name, pair.Range.Kind)));
        Assert.Equal(new TpeSampler { Trials = 50, Seed = 3, StartupTrials = 5, Candidates = 12 }, request.Sampler);
        Assert.Equal(new AsynchronousHalving { Metric = Objective.Loss, MinEpochs = 2, Factor = 4 }, request.Pruner);
        Assert.Equal(new StopRequest { Accuracy = 0.99, Trials = 40, Epochs = 1000, Seconds = 90.5, Failures = 3 }, request.Stop);
        Assert.Equal(3, request.Repeats);
        Assert.Equal(Body.Replace("\n", "", StringComparison.Ordinal), JsonSerializer.Serialize(request, PipelineJson.Compact));
    }

    [Theory]
    [InlineData("{\"space\": {\"epoch\": [3]}}", "it has an unknown property at $.space.epoch")]
    [InlineData("{\"space\": {\"activation\": [\"softplus\"]}}", "it has a value of the wrong type at $.space.activation[0]")]
    [InlineData("{\"space\": {\"epochs\": [\"3\"]}}", "a range holds numbers")]
    [InlineData("{\"space\": {\"epochs\": {\"integer\": {\"from\": 1, \"to\": null}}}}", "a range holds numbers")]
    [InlineData("{\"space\": {\"epochs\": 3}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {}}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {\"from\": 1, \"to\": 3}}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {\"from\": 1, \"from\": 1, \"to\": 3, \"step\": 1}}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {\"normal\": {\"from\": 1, \"to\": 3}}}}", "a range holds numbers")]
    [InlineData("{\"space\": {\"epochs\": {\"integer\": [1, 3]}}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {\"integer\": {\"from\": 1, \"to\": 3, \"step\": 1}}}}", Forms)]
    [InlineData("{\"space\": {\"epochs\": {\"integer\": {\"from\": 1, \"to\": 3}, \"step\": 1}}}", Forms)]
    [InlineData("{\"sampler\": {\"kind\": \"annealing\"}}", "it has a value of the wrong type at $.sampler.kind")]
    [InlineData("{\"pruner\": {\"kind\": \"asha\", \"eta\": 3}}", "it has an unknown property at $.pruner.eta")]
    [InlineData("{\"stop\": {\"accuracy\": \"high\"}}", "it has a value of the wrong type at $.stop.accuracy")]
    public async Task Says_What_Is_Wrong_With_A_Search(string body, string problem)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => ReadAsync(body));

        Assert.Equal($"the body is no sweep request ({problem}); {Remedy}", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"preset\": null, \"epochs\": null, \"validation\": null}")]
    public async Task Nothing_Asks_For_The_Defaults(string body) => Assert.Equal(new SweepRequest(), await ReadAsync(body));

    [Theory]
    [InlineData("{\"hiddenUnits\": [64.0, 6.4e1, 640e-1], \"epochs\": 3.0, \"stop\": {\"epochs\": 1e9}, \"sampler\": {\"trials\": 4.00}}")]
    [InlineData("{\"hiddenUnits\": [64, 64, 64], \"epochs\": 3, \"stop\": {\"epochs\": 1000000000}, \"sampler\": {\"trials\": 4}}")]
    public async Task Takes_A_Whole_Number_In_Any_Spelling(string body)
    {
        var request = await ReadAsync(body);

        Assert.Equal([64, 64, 64], request.HiddenUnits!);
        Assert.Equal((3, 1_000_000_000L, 4), (request.Epochs, request.Stop!.Epochs, request.Sampler!.Trials));
    }

    [Theory]
    [InlineData("{\"epochs\": 3}")]
    [InlineData("")]
    public async Task Takes_A_Byte_Order_Mark(string body) =>
        Assert.Equal(await ReadAsync(body), await ReadAsync("\uFEFF" + body));

    [Fact]
    public async Task Takes_An_Empty_List_Of_Baselines_As_None() =>
        Assert.Equal(new SweepRequest { Epochs = 3 }, await ReadAsync("{\"epochs\": 3, \"baselines\": []}"));

    [Theory]
    [InlineData("{\"epochs\": 3.5}", "the body is no sweep request (it has a value of the wrong type at $.epochs)")]
    [InlineData("{\"epochs\": 1e300}", "the body is no sweep request (it has a value of the wrong type at $.epochs)")]
    [InlineData("{\"hiddenUnits\": [4, 3e9]}", "the body is no sweep request (it has a value of the wrong type at $.hiddenUnits[1])")]
    [InlineData("{\"epoch\": 3}", "the body is no sweep request (it has an unknown property at $.epoch)")]
    [InlineData("{\"preset\": \"lab\", \"preset\": \"baseline\"}", "the body is no sweep request (it has $.preset twice)")]
    [InlineData("{\"epochs\": 3, \"Epochs\": 4}", "the body is no sweep request (it has $.Epochs twice)")]
    [InlineData("{\"epochs\": \"3\"}", "the body is no sweep request (it has a value of the wrong type at $.epochs)")]
    [InlineData("{\"epochs\": 1.5}", "the body is no sweep request (it has a value of the wrong type at $.epochs)")]
    [InlineData("{\"seed\": 3000000000}", "the body is no sweep request (it has a value of the wrong type at $.seed)")]
    [InlineData("{\"hiddenUnits\": 64}", "the body is no sweep request (it has a value of the wrong type at $.hiddenUnits)")]
    [InlineData(
        "{\"learningRates\": [0.1, null]}", "the body is no sweep request (it has a value of the wrong type at $.learningRates[1])")]
    [InlineData("[1]", "the body is no sweep request (it has a value of the wrong type at $)")]
    [InlineData(
        "{\"validation\": 1.5}",
        "the body is no sweep request (validation must be \"test\", a share above 0 and below 1, such as 0.2, or 2 to 20 folds, "
        + "such as \"5-fold\")")]
    [InlineData("{\"preset\": \"lab\"", "the body is no sweep request (it is not JSON, from line 1, byte 17 on)")]
    [InlineData("preset=lab", "the body is no sweep request (it is not JSON, from line 1, byte 1 on)")]
    [InlineData("{\"epochs\":\n 3,}", "the body is no sweep request (it is not JSON, from line 2, byte 4 on)")]
    [InlineData("{} {}", "the body is no sweep request (it is not JSON, from line 1, byte 4 on)")]
    public async Task Says_What_Is_Wrong(string body, string problem)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => ReadAsync(body));

        Assert.Equal($"{problem}; {Remedy}", exception.Message);
        Assert.Equal(InputErrorKind.Invalid, exception.Kind);
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 20) + 1, false)]
    public async Task Takes_A_Body_Of_A_Mebibyte(int length, bool taken)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        var reading = SweepRequestBody.ReadAsync(new MemoryStream(body));
        if (taken)
        {
            Assert.Equal(new SweepRequest(), await reading);
            return;
        }

        var exception = await Assert.ThrowsAsync<InputException>(() => reading);
        Assert.Equal("the body is longer than 1 MiB; send less at once.", exception.Message);
        Assert.Equal(InputErrorKind.TooLarge, exception.Kind);
    }

    [Fact]
    public void A_Request_Goes_Through_Json()
    {
        var request = new SweepRequest { LearningRates = [0.1], HiddenUnits = [4], Validation = ValidationRule.TestSet, Seed = 0 };

        var json = JsonSerializer.Serialize(request, PipelineJson.Compact);

        Assert.Equal("""{"learningRates":[0.1],"hiddenUnits":[4],"seed":0,"validation":"test"}""", json);
    }

    private static Task<SweepRequest> ReadAsync(string body) =>
        SweepRequestBody.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)));
}
