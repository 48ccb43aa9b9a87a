using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class SweepTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Trains_Compares_Reports_And_Exports()
    {
        var dataset = await IngestAsync("whole");
        var path = await StartAsync(
            $$"""
            {"dataset": "{{dataset}}", "learningRates": [0.01, 0.1], "hiddenUnits": [4, 8], "epochs": 30, "batchSize": 16, "seed": 3}
            """);
        var sweep = await SweepAsync(path, "completed");

        Assert.Equal(dataset, sweep["dataset"]!.GetValue<string>());
        Assert.Equal(30, sweep["request"]!["epochs"]!.GetValue<int>());
        var counts = sweep["counts"]!;
        Assert.Equal(4, counts["total"]!.GetValue<int>());
        Assert.Equal(4, counts["completed"]!.GetValue<int>());
        Assert.Equal(0, counts["waiting"]!.GetValue<int>() + counts["running"]!.GetValue<int>() + counts["failed"]!.GetValue<int>());
        var trials = sweep["trials"]!.AsArray();
        Assert.Equal(4, trials.Count);
        Assert.All(trials, trial => Assert.Equal("completed", State(trial!)));
        Assert.All(trials, trial => Assert.Equal(30, trial!["epoch"]!.GetValue<int>()));
        var best = sweep["best"]!;
        Assert.Equal(trials.Max(Accuracy), best["validationAccuracy"]!.GetValue<double>());
        Assert.True(best["validationAccuracy"]!.GetValue<double>() > 0.9, "These classes are easily told apart.");
        Assert.Contains(best["trialId"]!.GetValue<string>(), trials.Select(trial => trial!["id"]!.GetValue<string>()));

        var id = sweep["id"]!.GetValue<string>();
        var listed = (await Api.GetAsync("/api/sweeps")).Json.AsArray().Single(other => other!["id"]!.GetValue<string>() == id)!;
        Assert.Equal("completed", State(listed));
        Assert.True(JsonNode.DeepEquals(best, listed["best"]));
        await CheckReportAsync(path);
        await CheckTablesAsync(path, trials);
        await CheckFilesAsync(id, trials);

        // What is on record, sent again, is the same sweep.
        var again = (await Api.PostAsync("/api/sweeps", sweep["request"]!.ToJsonString())).Expect(HttpStatusCode.Accepted);
        Assert.Equal(id, again.Json["id"]!.GetValue<string>());
        Assert.False(again.Json["isNew"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Ends_Trials_Early_And_Keeps_Their_Curves()
    {
        var dataset = await IngestAsync("halving");
        var path = await StartAsync(
            $$$"""
            {"dataset": "{{{dataset}}}", "learningRates": [0.0001, 0.001, 0.01, 0.1], "hiddenUnits": [4, 8], "epochs": 9, "batchSize": 16,
             "pruner": {"kind": "asha"}, "stop": {"epochs": 1000}}
            """);
        var sweep = await SweepAsync(path, "completed");

        var trials = sweep["trials"]!.AsArray();
        Assert.Equal(8, trials.Count);
        Assert.Equal(trials.Count(trial => State(trial!) == "pruned"), sweep["counts"]!["pruned"]!.GetValue<int>());
        Assert.Contains(trials, trial => State(trial!) == "pruned");
        Assert.All(
            trials.Where(trial => State(trial!) == "pruned"),
            trial => Assert.True(trial!["epoch"]!.GetValue<int>() is 1 or 3 && Accuracy(trial) >= 0));
        var best = sweep["best"]!["trialId"]!.GetValue<string>();
        Assert.Equal("completed", State(trials.Single(trial => trial!["id"]!.GetValue<string>() == best)!));
    }

    [Fact]
    public async Task Chooses_Points_By_Results()
    {
        static string Sampler(int trials) => $$"""{"kind": "tpe", "trials": {{trials}}, "startupTrials": 3}""";
        var dataset = await IngestAsync("learning");
        var path = await StartAsync(
            $$$"""
            {"dataset": "{{{dataset}}}", "space": {"learningRate": {"logUniform": {"from": 0.001, "to": 0.1}},
             "hiddenUnits": {"logInteger": {"from": 2, "to": 16}} }, "sampler": {{{Sampler(8)}}},
             "epochs": 2, "batchSize": 16, "maxParallel": 2}
            """);
        var sweep = await SweepAsync(path, "completed");
        var first = Ids(sweep);
        Assert.Equal((8, 8), (first.Distinct().Count(), sweep["counts"]!["completed"]!.GetValue<int>()));

        (await Api.PostAsync(path + "/extend", $$"""{ "sampler": {{Sampler(11)}} }""")).Expect(HttpStatusCode.Accepted);
        var extended = await SweepAsync(path, "completed");
        Assert.Equal(first, Ids(extended)[..8]);
        Assert.Equal((11, 8), (extended["counts"]!["completed"]!.GetValue<int>(), extended["counts"]!["reused"]!.GetValue<int>()));
        (await Api.PostAsync(path + "/extend", """{"hiddenUnits": [4]}""")).Expect(HttpStatusCode.BadRequest);

        static string[] Ids(JsonNode sweep) => [.. sweep["trials"]!.AsArray().Select(trial => trial!["id"]!.GetValue<string>())];
    }

    [Fact]
    public async Task Searches_A_Space()
    {
        var dataset = await IngestAsync("space");
        var path = await StartAsync(
            $$$"""
            {"dataset": "{{{dataset}}}", "space": {"learningRate": {"logUniform": {"from": 0.001, "to": 0.1}},
             "hiddenUnits": {"powersOfTwo": {"from": 2, "to": 8}},
             "schedule": ["cosine"], "activation": ["tanh", "relu"], "weightDecay": [0.01]}, "sampler": {"kind": "sobol", "trials": 3},
             "epochs": 2, "batchSize": 16, "repeats": 2, "validation": "2-fold"}
            """);
        var sweep = await SweepAsync(path, "completed");

        Assert.Equal(12, sweep["counts"]!["completed"]!.GetValue<int>());
        foreach (var trial in sweep["trials"]!.AsArray().Select(trial => trial!["parameters"]!))
        {
            Assert.InRange(trial["learningRate"]!.GetValue<double>(), 0.001, 0.1);
            Assert.Equal("cosine", trial["schedule"]!.GetValue<string>());
            Assert.Contains(trial["activation"]!.GetValue<string>(), (string[])["tanh", "relu"]);
            Assert.Equal(0.01, trial["weightDecay"]!.GetValue<double>());
        }

        Assert.Null(sweep["note"]);
        var small = await SweepAsync(
            await StartAsync(
                $$$"""{"dataset": "{{{dataset}}}", "hiddenUnits": [2, 3], "sampler": {"kind": "random", "trials": 5}, "epochs": 1}"""),
                "completed");
        Assert.Equal(2, small["counts"]!["total"]!.GetValue<int>());
        Assert.Equal("The sweep was asked for 5 points, and its space has 2.", small["note"]!.GetValue<string>());

        foreach (var wrong in (string[])
        [
            """{"space": {"learningRate": {"logUniform": {"from": 0.001, "to": 0.1}}}}""",
            """{"space": {"dropout": [0.5]}}""",
            """{"sampler": {"kind": "random", "trials": 3}}""",
            """{"pruner": {"kind": "asha", "patience": 3}}""",
        ])
        {
            (await Api.PostAsync("/api/sweeps", wrong)).Expect(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Shows_Progress_And_Cancels()
    {
        var dataset = await IngestAsync("cancel");
        // The small trial is over in a moment; the others would take minutes.
        var path = await StartAsync(
            $$"""{"dataset": "{{dataset}}", "hiddenUnits": [2, 8192, 8191, 8190], "epochs": 10000}""");

        var running = await SweepAsync(path, "running, with progress", sweep => sweep["trials"]!.AsArray().Any(IsLongAndRuns));
        Assert.Equal("running", State(running));
        Assert.Equal(4, running["counts"]!["total"]!.GetValue<int>());
        Assert.True(running["counts"]!["running"]!.GetValue<int>() > 0);
        var shown = running["trials"]!.AsArray().First(IsLongAndRuns)!;
        Assert.True(shown["epoch"]!.GetValue<int>() < 10_000);
        Assert.True(shown["metrics"]!["loss"]!.GetValue<double>() > 0);
        foreach (var file in (string[])["/report", "/trials.csv", "/histories.csv"])
            (await Api.GetAsync(path + file)).Expect(HttpStatusCode.Conflict);

        var cancel = (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(running["id"]!.GetValue<string>(), cancel.Json["id"]!.GetValue<string>());
        (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
        var cancelled = await SweepAsync(path, "cancelled");
        Assert.Equal("cancelled", State((await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted).Json));

        var counts = cancelled["counts"]!;
        Assert.True(counts["cancelled"]!.GetValue<int>() > 0);
        Assert.Equal(4, counts["cancelled"]!.GetValue<int>() + counts["completed"]!.GetValue<int>());
        Assert.Contains(cancelled["trials"]!.AsArray(), trial => State(trial!) == "cancelled");
        (await Api.GetAsync(path + "/report")).Expect(HttpStatusCode.OK);

        // The small one may run at its last epoch, just before its record.
        static bool IsLongAndRuns(JsonNode? trial) => State(trial!) == "running"
            && trial!["epoch"]!.GetValue<int>() > 0 && trial["parameters"]!["hiddenUnits"]!.GetValue<int>() > 2;
    }

    [Fact]
    public async Task Shows_The_Best_Trial_So_Far()
    {
        var dataset = await IngestAsync("best");
        var rates = string.Join(", ", Enumerable.Range(1, 200).Select(step => step / 10_000.0));
        var path = await StartAsync(
            $$"""{"dataset": "{{dataset}}", "learningRates": [{{rates}}], "hiddenUnits": [256], "epochs": 2000}""");

        var sweep = await SweepAsync(path, "running with a best trial", sweep => sweep["best"] is not null && State(sweep) == "running");
        var best = sweep["trials"]!.AsArray()
            .Single(trial => trial!["id"]!.GetValue<string>() == sweep["best"]!["trialId"]!.GetValue<string>())!;
        Assert.Equal("completed", State(best));
        Assert.Equal(Accuracy(best), sweep["best"]!["validationAccuracy"]!.GetValue<double>());
        Assert.True(sweep["counts"]!["waiting"]!.GetValue<int>() > 0);
        Assert.True(sweep["counts"]!["completed"]!.GetValue<int>() > 0);

        (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Accepted);
        var cancelled = await SweepAsync(path, "cancelled");
        Assert.NotNull(cancelled["best"]);
    }

    [Fact]
    public async Task Shares_Trials_Between_Sweeps()
    {
        // Data that no earlier run has seen: trials are named by their content.
        var dataset = await IngestAsync("shared", seed: Random.Shared.Next(2, 1_000_000));
        string Body(string units) => $$"""{"dataset": "{{dataset}}", "hiddenUnits": [{{units}}], "epochs": 20}""";
        var first = await SweepAsync(await StartAsync(Body("6")), "completed");
        var second = await SweepAsync(await StartAsync(Body("6, 7")), "completed");

        Assert.Equal(0, first["counts"]!["reused"]!.GetValue<int>());
        Assert.Equal(1, second["counts"]!["reused"]!.GetValue<int>());
        var (alone, again) = (first["trials"]![0]!, second["trials"]![0]!);
        Assert.Equal(alone["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        Assert.Equal(alone["metrics"]!.ToJsonString(), again["metrics"]!.ToJsonString());
    }

    [Fact]
    public async Task Takes_The_Same_Request_For_The_Same_Sweep()
    {
        var dataset = await IngestAsync("same");
        var body = $$"""{"dataset": "{{dataset}}", "hiddenUnits": [3, 5], "epochs": 15}""";
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Api.PostAsync("/api/sweeps", body)));
        Assert.All(paths, answer => answer.Expect(HttpStatusCode.Accepted));
        Assert.Single(paths.Select(answer => answer.Location!.ToString()).Distinct());
        // Where storage was slow for one of them, the first answer may be the one that nobody has seen.
        var isSure = !paths.Any(answer => answer.Headers.ContainsKey(AskingAgain.Mark));
        Assert.InRange(paths.Count(answer => answer.Json["isNew"]!.GetValue<bool>()), isSure ? 1 : 0, 1);

        var path = paths[0].Location!.ToString();
        var sweep = await SweepAsync(path, "completed");
        var again = (await Api.PostAsync("/api/sweeps", body)).Expect(HttpStatusCode.Accepted);
        Assert.Equal("completed", State(again.Json));
        Assert.False(again.Json["isNew"]!.GetValue<bool>());
        Assert.True(JsonNode.DeepEquals(sweep, (await Api.GetAsync(path)).Json));
        Assert.Single((await Api.GetAsync("/api/sweeps")).Json.AsArray(), other => other!["dataset"]!.GetValue<string>() == dataset);
    }

    [Fact]
    public async Task Keeps_Idempotency_Keys_Apart()
    {
        var dataset = await IngestAsync("keys");
        var (key, other) = (Own("key"), Own("other"));
        var body = $$"""{"dataset": "{{dataset}}", "hiddenUnits": [3], "epochs": 5}""";
        var paths = await Task.WhenAll(StartAsync(body, key), StartAsync(body, key));
        Assert.Equal(paths[0], paths[1]);
        Assert.Equal(paths[0], await StartAsync(body, key));
        Assert.NotEqual(paths[0], await StartAsync(body, other));
        Assert.NotEqual(paths[0], await StartAsync(body));

        var refused = await Api.PostAsync("/api/sweeps", body.Replace("[3]", "[4]", StringComparison.Ordinal), key);
        Assert.Contains(key, refused.Expect(HttpStatusCode.UnprocessableEntity).Detail, StringComparison.Ordinal);
        await SweepAsync(paths[0], "completed");
    }

    [Fact]
    public async Task Cannot_Cancel_What_Has_Ended()
    {
        var dataset = await IngestAsync("ended");
        var path = await StartAsync($$"""{"dataset": "{{dataset}}", "hiddenUnits": [3], "epochs": 5}""");
        await SweepAsync(path, "completed");
        var refused = (await Api.PostAsync(path + "/cancel", "")).Expect(HttpStatusCode.Conflict);
        Assert.Contains("completed", refused.Detail, StringComparison.Ordinal);
    }

    private async Task CheckReportAsync(string path)
    {
        var html = (await Api.GetAsync(path + "/report")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/html", html.MediaType);
        Assert.Contains("data:image/png;base64,", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html.Text, StringComparison.OrdinalIgnoreCase);
        var markdown = (await Api.GetAsync(path + "/report?format=md")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/markdown", markdown.MediaType);
        Assert.Contains("| ", markdown.Text, StringComparison.Ordinal);
        Assert.Equal(markdown.Body, (await Api.GetAsync(path + "/report", accept: "text/markdown")).Body);
        Assert.Equal(html.Body, (await Api.GetAsync(path + "/report?format=html", accept: "text/markdown")).Body);
        (await Api.GetAsync(path + "/report?format=pdf")).Expect(HttpStatusCode.BadRequest);
    }

    private async Task CheckTablesAsync(string path, JsonArray trials)
    {
        var table = (await Api.GetAsync(path + "/trials.csv")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/csv", table.MediaType);
        var lines = table.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("trial,studies,learning_rate,hidden_units,", lines[0], StringComparison.Ordinal);
        Assert.Equal(trials.Select(trial => trial!["id"]!.GetValue<string>()), lines[1..].Select(line => line.Split(',')[0]));
        var curves = (await Api.GetAsync(path + "/histories.csv")).Expect(HttpStatusCode.OK).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("trial,epoch,loss,accuracy,val_loss,val_accuracy,val_balanced_accuracy,val_macro_f1", curves[0]);
        Assert.Equal(1 + trials.Sum(trial => trial!["epoch"]!.GetValue<int>()), curves.Length);
        var last = trials[0]!["metrics"]!["loss"]!.GetValue<double>();
        Assert.Contains(curves, line => line.Split(',') is [_, "30", var loss, ..] && double.Parse(loss).Equals(last));
    }

    private async Task CheckFilesAsync(string id, JsonArray trials)
    {
        var files = await Blobs.ListAsync("sweeps", id + "/");
        foreach (var file in (string[])["sweep.json", "report.md", "report.html", "best.onnx"]) Assert.Contains($"{id}/{file}", files);
        Assert.Contains(
            files, file => file.StartsWith($"{id}/charts/", StringComparison.Ordinal) && file.EndsWith(".png", StringComparison.Ordinal));
        foreach (var trial in trials.Select(trial => trial!["id"]!.GetValue<string>()))
        {
            Assert.Equal(
                [$"{trial}/history.json", $"{trial}/model.onnx", $"{trial}/trial.json"],
                await Blobs.ListAsync("trials", trial + "/"));
        }
    }

    private static double Accuracy(JsonNode? trial) => trial!["metrics"]!["validationAccuracy"]!.GetValue<double>();
}
