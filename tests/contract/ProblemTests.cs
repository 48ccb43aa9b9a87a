using System.Net;

namespace MusicPipeline.Contract.Tests;

/// <summary>Every answer of an error status is checked to be a problem document by <see cref="Api"/> itself.</summary>
public sealed class ProblemTests(PipelineHost host) : PipelineTests(host)
{
    [Theory]
    [InlineData("[1")]
    [InlineData("[]")]
    [InlineData("\"lab\"")]
    [InlineData("""{"presett": "lab"}""")]
    [InlineData("""{"preset": "lap"}""")]
    [InlineData("""{"preset": "lab", "hiddenUnits": [4]}""")]
    [InlineData("""{"hiddenUnits": [0]}""")]
    [InlineData("""{"hiddenUnits": [16385]}""")]
    [InlineData("""{"hiddenUnits": []}""")]
    [InlineData("""{"hiddenUnits": [4.5]}""")]
    [InlineData("""{"hiddenUnits": [null]}""")]
    [InlineData("""{"learningRates": [0]}""")]
    [InlineData("""{"learningRates": [-0.1]}""")]
    [InlineData("""{"learningRates": ["NaN"]}""")]
    [InlineData("""{"learningRates": [1e400]}""")]
    [InlineData("""{"learningRates": 0.1}""")]
    [InlineData("""{"hiddenUnits": [4], "epochs": 0}""")]
    [InlineData("""{"hiddenUnits": [4], "epochs": 10001}""")]
    [InlineData("""{"hiddenUnits": [4], "batchSize": 0}""")]
    [InlineData("""{"hiddenUnits": [4], "batchSize": 65537}""")]
    [InlineData("""{"hiddenUnits": [4], "seed": 3000000000}""")]
    [InlineData("""{"hiddenUnits": [4], "validation": 1}""")]
    [InlineData("""{"hiddenUnits": [4], "validation": "training"}""")]
    public async Task Refuses_A_Request_That_Makes_No_Sweep(string body)
    {
        var problem = (await Api.PostAsync("/api/sweeps", body)).Expect(HttpStatusCode.BadRequest);
        Assert.DoesNotContain("MusicPipeline.", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-here")]
    [InlineData("../secrets")]
    [InlineData("a/b")]
    public async Task Knows_No_Data_Set_That_Was_Never_Uploaded(string dataset) =>
        (await Api.PostAsync("/api/sweeps", $$"""{"dataset": "{{dataset}}"}""")).Expect(HttpStatusCode.NotFound);

    [Fact]
    public async Task Refuses_A_Request_Of_Megabytes() =>
        (await Api.PostAsync(
            "/api/sweeps", $$"""{"dataset": "{{new string('x', 1 << 20)}}"}""")).Expect(HttpStatusCode.RequestEntityTooLarge);

    [Theory]
    [InlineData("none-0123456789")]
    [InlineData("..%2Fkeys")]
    [InlineData("%C3%A9t%C3%A9")]
    [InlineData("keys")]
    public async Task Knows_No_Sweep_That_Was_Never_Started(string id)
    {
        (await Api.GetAsync($"/api/sweeps/{id}")).Expect(HttpStatusCode.NotFound);
        (await Api.GetAsync($"/api/sweeps/{id}/report")).Expect(HttpStatusCode.NotFound);
        (await Api.PostAsync($"/api/sweeps/{id}/cancel", "")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Knows_No_Sweep_Of_An_Endless_Name() =>
        (await Api.GetAsync($"/api/sweeps/{new string('x', 4000)}")).Expect(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/sweeps/x/y/z")]
    [InlineData("/api/datasets/nothing")]
    [InlineData("/api/audio/")]
    public async Task Answers_Other_Paths_With_Not_Found(string path) => (await Api.GetAsync(path)).Expect(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Refuses_A_Body_That_Does_Not_Say_That_It_Is_Json(string? contentType)
    {
        foreach (var path in (string[])["/api/sweeps", "/api/sweeps/none-0123456789/extend", "/api/sweeps/none-0123456789/cancel"])
        {
            var problem = (await Api.PostAsync(path, "{}"u8.ToArray(), contentType)).Expect(HttpStatusCode.UnsupportedMediaType);
            Assert.Contains("'Content-Type: application/json'", problem.Detail, StringComparison.Ordinal);
        }

        // Nothing has no type.
        (await Api.PostAsync("/api/sweeps/none-0123456789/cancel", [], contentType)).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/predict?model=none", 64 << 20)]
    [InlineData("/api/sweeps", 90 << 20)]
    public async Task Refuses_A_Body_That_Is_Longer_Than_Documented(string path, int bytes)
    {
        var problem = (await Api.PostAsync(path, new byte[bytes + 1], "application/json")).Expect(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("MiB", problem.Detail, StringComparison.Ordinal);
    }
}
