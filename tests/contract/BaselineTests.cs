using System.Net;

namespace MusicPipeline.Contract.Tests;

public sealed class BaselineTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Compares_With_Baselines()
    {
        var dataset = await IngestAsync("baselines");
        var body =
            $$"""
            {"dataset": "{{dataset}}", "hiddenUnits": [4], "epochs": 2, "batchSize": 16, "validation": "2-fold",
             "baselines": ["lbfgs", "naive-bayes", "lbfgs"]}
            """;
        var path = await StartAsync(body);
        var sweep = await SweepAsync(path, "completed");

        Assert.Equal([1, 2], sweep["trials"]!.AsArray().Select(trial => trial!["fold"]!.GetValue<int>()));
        var baselines = sweep["baselines"]!.AsArray();
        Assert.Equal(
            ["lbfgs 1", "lbfgs 2", "naive-bayes 1", "naive-bayes 2"],
            baselines.Select(baseline => $"{baseline!["name"]} {baseline["fold"]}"));
        Assert.All(baselines, baseline => Assert.InRange(baseline!["validationAccuracy"]!.GetValue<double>(), 0.2, 1));
        Assert.Equal([true, true, false, false], baselines.Select(baseline => baseline!["validationLoss"] is not null));
        Assert.Contains(
            "lbfgs (baseline)", (await Api.GetAsync(path + "/report?format=md")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var table = (await Api.GetAsync(path + "/trials.csv")).Expect(HttpStatusCode.OK).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["baseline", "", "", "lbfgs", "lbfgs", "naive-bayes", "naive-bayes"], table.Select(line => line.Split(',')[^1]));
        Assert.Equal(path, await StartAsync(
            body.Replace("\"lbfgs\", \"naive-bayes\", \"lbfgs\"", "\"naive-bayes\", \"lbfgs\"", StringComparison.Ordinal)));

        var refused = (await Api.PostAsync("/api/sweeps", """{"baselines": ["svm"]}""")).Expect(HttpStatusCode.BadRequest);
        Assert.Contains("sdca, lbfgs, naive-bayes, perceptron", refused.Detail, StringComparison.Ordinal);
    }
}
