using System.Net;
using System.Text;

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

    /// <summary>A wrong value of each property, and that the problem names this property; null where no single one is wrong.</summary>
    [Fact]
    public async Task Names_The_Property_That_Is_Wrong()
    {
        (string Property, string Value)[] wrong =
        [
            ("dataset", "5"), ("dataset", "\"never-uploaded\""), ("datasetVersion", "5"), ("preset", "\"lap\""),
            ("learningRates", "[0.1, 0]"), ("learningRates", "[]"), ("learningRates", "[null]"), ("hiddenUnits", "[4.5]"),
            ("hiddenUnits", "[16385]"), ("epochs", "0"), ("batchSize", "65537"), ("seed", "3000000000"), ("validation", "1"),
            ("validation", "\"5-fold/2\""), ("device", "\"abacus\""), ("maxParallel", "0"), ("priority", "11"), ("space", "{}"),
            ("space.learningRate", "[-1]"), ("space.learningRate", "3"), ("space.hiddenUnits", """{"uniform": {"from": 1, "to": 2}}"""),
            ("space.activation", "[\"softplus\"]"), ("space.none", "[1]"), ("sampler", """{"kind": "random", "trials": 5}"""),
            ("sampler.kind", "\"none\""), ("sampler.none", "5"), ("pruner.kind", "\"axe\""),
            ("pruner.limit", "5"), ("stop", "{}"), ("stop.at", "\"NaN\""), ("stop.accuracy", "2"), ("stop.trials", "0"),
            ("stop.epochs", "0"), ("stop.seconds", "0"), ("stop.failures", "0"), ("repeats", "0"), ("baselines", "[\"none\"]"),
            ("objective", "\"luck\""), ("restoreBest", "5"), ("points", "[]"), ("points", """[{"luck": 1}]"""), ("name", "\"\""),
            ("notes", $"\"{new string('x', 2001)}\""), ("tags", "[\"two words\"]"), ("none", "1"),
        ];
        foreach (var (property, value) in wrong)
        {
            var (outer, inner) = property.Split('.') is [var one, var within] ? (one, within) : (property, null);
            await RefusesAsync($$"""{"{{outer}}": {{(inner is null ? value : $$"""{"{{inner}}": {{value}}}""")}}}""", property);
        }

        await RefusesAsync("""{"hiddenUnits": [4], "sampler": {"kind": "sobol"}}""", "sampler.trials");
        await RefusesAsync("""{"hiddenUnits": [4], "sampler": {"trials": 5}}""", "sampler.trials");
        await RefusesAsync("""{"hiddenUnits": [4], "sampler": {"kind": "sobol", "trials": 0}}""", "sampler.trials");
        await RefusesAsync("""{"hiddenUnits": [4], "pruner": {"kind": "threshold"}}""", "pruner.limit");
        await RefusesAsync("""{"pruner": {"kind": "patient", "inner": {"kind": "patience", "patience": 0}}}""", "pruner.inner.patience");
        await RefusesAsync("""{"pruner": {"kind": "patient", "inner": {"kind": "patience", "limit": 1}}}""", "pruner.inner.limit");
        await RefusesAsync("""{"preset": "lab", "hiddenUnits": [4]}""", "preset");
        await RefusesAsync("[1", null);
        await RefusesAsync("""{"epochs": 1""", null);

        var properties = (await Api.GetAsync("/api/openapi.json")).Json["components"]!["schemas"]!["SweepRequest"]!["properties"]!;
        Assert.Equal(
            properties.AsObject().Select(property => property.Key).Append("none").Order(StringComparer.Ordinal),
            wrong.Select(each => each.Property.Split('.')[0]).Distinct().Order(StringComparer.Ordinal));
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
            "/api/sweeps",
            Encoding.UTF8.GetBytes($$"""{"dataset": "{{new string('x', 1 << 20)}}"}"""),
            "application/json")).Expect(HttpStatusCode.RequestEntityTooLarge);

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

    private async Task RefusesAsync(string body, string? field)
    {
        foreach (var path in (string[])["/api/sweeps", "/api/plan"])
        {
            var answer = await Api.PostAsync(path, body);
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{body}: {answer.Status}");
            var named = answer.Json["field"]?.GetValue<string>();
            Assert.True(named == field, $"{path} {body}: {named ?? "nothing"} is named, and not {field ?? "nothing"}; {answer.Detail}");
        }
    }
}
