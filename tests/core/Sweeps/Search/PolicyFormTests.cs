using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>How pruners and samplers are written down. Plans on record were hashed from it, so it stays as it is.</summary>
public sealed class PolicyFormTests
{
    [Theory]
    [InlineData("{}", "  lab-f55ad1d3f5")]
    [InlineData("{\"pruner\":{}}", "{\"kind\":\"none\"}  lab-f55ad1d3f5")]
    [InlineData("{\"pruner\":{\"kind\":\"none\"}}", "{\"kind\":\"none\"}  lab-f55ad1d3f5")]
    [InlineData("{\"pruner\":{\"kind\":\"median\"}}", "{\"kind\":\"median\"}  lab-617eb9ee3f")]
    [InlineData("{\"pruner\":{\"startupTrials\":5,\"kind\":\"median\"}}", "{\"kind\":\"median\",\"startupTrials\":5}  lab-bd855fbedf")]
    [InlineData(
        "{\"pruner\":{\"Kind\":\"Median\",\"interval\":2,\"warmupEpochs\":1.0,\"startupTrials\":7,\"metric\":\"loss\"}}",
        "{\"kind\":\"median\",\"metric\":\"loss\",\"startupTrials\":7,\"warmupEpochs\":1,\"interval\":2}  lab-ff6178d367")]
    [InlineData(
        "{\"pruner\":{\"factor\":3,\"minEpochs\":1,\"kind\":\"ASHA\"}}",
        "{\"kind\":\"asha\",\"minEpochs\":1,\"factor\":3}  lab-b174183ca0")]
    [InlineData("{\"pruner\":{\"kind\":\"asha\",\"patience\":null,\"factor\":null}}", "{\"kind\":\"asha\"}  lab-eb2131a92a")]
    [InlineData(
        "{\"pruner\":{\"limit\":0.5,\"warmupEpochs\":2,\"metric\":\"accuracy\",\"kind\":\"threshold\"}}",
        "{\"kind\":\"threshold\",\"metric\":\"accuracy\",\"warmupEpochs\":2,\"limit\":0.5}  lab-e7f7c4003b")]
    [InlineData(
        "{\"pruner\":{\"margin\":0.25,\"patience\":3,\"kind\":\"patience\"}}",
        "{\"kind\":\"patience\",\"patience\":3,\"margin\":0.25}  lab-a5b7450194")]
    [InlineData(
        "{\"space\":{\"learningRate\":{\"uniform\":{\"from\":0.1,\"to\":0.2}}},"
        + "\"sampler\":{\"candidates\":12,\"startupTrials\":5,\"seed\":3,\"trials\":50,\"kind\":\"tpe\"}}",
        " {\"kind\":\"tpe\",\"trials\":50,\"seed\":3,\"startupTrials\":5,\"candidates\":12} tpe-c0056adf9d")]
    [InlineData(
        "{\"space\":{\"learningRate\":{\"uniform\":{\"from\":0.1,\"to\":0.2}}},"
        + "\"sampler\":{\"trials\":5,\"kind\":\"tpe\"},\"pruner\":{\"kind\":\"asha\"}}",
        "{\"kind\":\"asha\"} {\"kind\":\"tpe\",\"trials\":5} tpe-0581d4445d")]
    [InlineData(
        "{\"hiddenUnits\":[2,3,4],\"sampler\":{\"seed\":9,\"kind\":\"random\",\"trials\":2}}",
        " {\"kind\":\"random\",\"trials\":2,\"seed\":9} random-8c9bfb8bcf")]
    [InlineData(
        "{\"hiddenUnits\":[2,3,4],\"sampler\":{\"kind\":\"sobol\",\"trials\":2}}",
        " {\"kind\":\"sobol\",\"trials\":2} sobol-5c696fc03c")]
    [InlineData("{\"hiddenUnits\":[2,3,4],\"sampler\":{}}", " {\"kind\":\"grid\"} grid-1c04ac5ccf")]
    public async Task Is_Read_Written_And_Hashed_As_Ever(string body, string expected)
    {
        var request = await ReadAsync(body);
        var plan = SweepPlanner.Plan(request, "notes", "0123456789abcdef");
        var written = JsonSerializer.SerializeToNode(request, PipelineJson.Compact)!.AsObject();

        Assert.Equal(expected, $"{written["pruner"]?.ToJsonString()} {written["sampler"]?.ToJsonString()} {plan.SweepId}");
    }

    [Fact]
    public async Task A_Pruner_Within_Another_Is_Written_As_It_Stands_Alone()
    {
        const string Body =
            """{"pruner":{"kind":"patient","patience":3,"inner":{"kind":"patient","inner":{"kind":"asha","metric":"loss","factor":4}}}}""";
        var request = await ReadAsync(Body);

        var inner = new PatientPruner { Inner = new AsynchronousHalving { Metric = Objective.Loss, Factor = 4 } };
        Assert.Equal(new PatientPruner { Patience = 3, Inner = inner }, request.Pruner);
        Assert.Equal(Body, JsonSerializer.Serialize(request, PipelineJson.Compact));
        Assert.Equal(request, JsonSerializer.Deserialize<SweepRequest>(Body, PipelineJson.Options));
    }

    [Theory]
    [InlineData("{\"pruner\": {\"kind\": \"asha\", \"patience\": 1}}", "the pruner 'asha' has no patience; leave it out.")]
    [InlineData("{\"pruner\": {\"metric\": \"loss\"}}", "the pruner 'none' has no metric; leave it out.")]
    [InlineData("{\"pruner\": {\"kind\": \"patience\", \"limit\": 1}}", "the pruner 'patience' has no limit; leave it out.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patience\", \"limit\": \"x\"}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.limit); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patience\", \"kind\": \"median\"}}",
        "the body is no sweep request (it has $.pruner.kind twice); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patience\", \"margin\": 1, \"Margin\": 1}}",
        "the body is no sweep request (it has $.pruner.Margin twice); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patience\", \"eta\": null}}",
        "the body is no sweep request (it has an unknown property at $.pruner.eta); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patience\", \"patience\": 1.5}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.patience); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": 2}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.kind); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": null}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.kind); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"median\", \"metric\": \"f1\"}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.metric); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": \"median\"}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": [1]}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"median\",\n \"interval\": 2,}}",
        "the body is no sweep request (it is not JSON, from line 2, byte 16 on); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"median\"",
        "the body is no sweep request (it is not JSON, from line 1, byte 29 on); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"hiddenUnits\": [2], \"sampler\": {\"kind\": \"random\", \"candidates\": 3, \"trials\": 5}}",
        "the sampler 'random' has no candidates; leave it out.")]
    [InlineData("{\"hiddenUnits\": [2], \"sampler\": {\"trials\": 5}}", "the sampler 'grid' has no trials; leave it out.")]
    [InlineData("{\"hiddenUnits\": [2], \"sampler\": {\"seed\": 5}}", "the sampler 'grid' has no seed; leave it out.")]
    [InlineData("{\"hiddenUnits\": [2], \"sampler\": {\"startupTrials\": 5}}", "the sampler 'grid' has no startupTrials; leave it out.")]
    [InlineData(
        "{\"hiddenUnits\": [2], \"sampler\": {\"kind\": \"tpe\", \"startupTrials\": 0, \"trials\": 5}}",
        "the startupTrials 0 of the sampler 'tpe' is out of range; give 1 to 10000.")]
    [InlineData(
        "{\"hiddenUnits\": [2], \"sampler\": {\"kind\": \"sobol\", \"trials\": 10001}}",
        "the trials 10001 of the sampler 'sobol' is out of range; give 1 to 10000.")]
    [InlineData(
        "{\"hiddenUnits\": [2], \"sampler\": {\"kind\": \"sobol\"}}",
        "the sampler 'sobol' needs a number of trials; give 1 to 10000.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\"}}",
        "the pruner 'patient' needs an inner pruner; give one that ends trials, such as median.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"inner\": {}}}",
        "the pruner 'patient' needs an inner pruner; give one that ends trials, such as median.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"metric\": \"loss\", \"inner\": {\"kind\": \"asha\"}}}",
        "the pruner 'patient' has no metric; leave it out.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"inner\": {\"kind\": \"asha\", \"factor\": 1}}}",
        "the factor 1 of the pruner 'asha' is out of range; give 2 to 100.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"inner\": {\"kind\": \"asha\", \"limit\": 1}}}",
        "the pruner 'asha' has no limit; leave it out.")]
    [InlineData("{\"pruner\": {\"kind\": \"median\", \"inner\": {\"kind\": \"asha\"}}}", "the pruner 'median' has no inner; leave it out.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"inner\": {\"kind\": \"asha\", \"eta\": 1}}}",
        "the body is no sweep request (it has an unknown property at $.pruner.inner.eta); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    [InlineData(
        "{\"pruner\": {\"kind\": \"patient\", \"inner\": {\"kind\": \"hyperband\"}}}",
        "the body is no sweep request (it has a value of the wrong type at $.pruner.inner.kind); "
        + "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}.")]
    public async Task Says_What_Is_Wrong(string body, string expected)
    {
        var exception = await Assert.ThrowsAsync<InputException>(async () => SweepPlanner.Plan(await ReadAsync(body), "notes", "v1"));

        Assert.Equal(expected, exception.Message);
    }

    private static Task<SweepRequest> ReadAsync(string body) =>
        SweepRequestBody.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)));
}
