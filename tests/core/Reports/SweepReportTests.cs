using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class SweepReportTests
{
    private static readonly Chart[] NoCharts = [];

    [Fact]
    public void Holds_Everything_The_Lab_Asks_For()
    {
        var sweep = SyntheticSweep.Lab();
        var charts = SweepCharts.Draw(sweep);

        var markdown = SweepReport.Markdown(sweep, charts);

        Assert.StartsWith("# Lab sweep on notes\n", markdown);
        Assert.Contains("**Learning rate 0.001, 1,024 hidden units, 40 epochs**", markdown);
        Assert.Contains(
            "[`best.onnx`](<best.onnx>), "
            + $"the same as [`trials/{sweep.BestTrialId}/model.onnx`](<../../trials/{sweep.BestTrialId}/model.onnx>)", markdown);
        Assert.Contains("66,247 training rows and 14,904 test rows of 120 features, in 10 classes", markdown);
        Assert.Contains("| 3 | 7,333 | 1,650 |", markdown);
        Assert.Contains("1 of them was on record before this sweep and was reused", markdown);
        Assert.Contains("0.1 is unstable", markdown);
        Assert.Contains("0.0001 converges slowest", markdown);
        Assert.Contains("underfit", markdown);
        Assert.All(charts, chart => Assert.Contains($"](charts/{chart.FileName})", markdown));
        Assert.All(sweep.Trials, trial => Assert.Contains(trial.Record.Trial.Id, markdown));
    }

    [Fact]
    public void Each_Chart_Stands_In_Its_Study_Once()
    {
        var sweep = SyntheticSweep.Lab();
        var charts = SweepCharts.Draw(sweep);

        var html = SweepReport.Html(sweep, charts);

        Assert.Equal(charts.Count, html.Split("<figure").Length - 1);
        Assert.InRange(
            html.IndexOf("Accuracy by learning rate", StringComparison.Ordinal),
            html.IndexOf("<h2>Learning rate", StringComparison.Ordinal),
            html.IndexOf("<h2>Hidden units", StringComparison.Ordinal));
    }

    [Fact]
    public void Html_Needs_No_Other_File_And_Shows_Pictures_Without_Scripts()
    {
        var sweep = SyntheticSweep.Lab();

        var html = SweepReport.Html(sweep, SweepCharts.Draw(sweep));

        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("href=\"http", html);
        Assert.DoesNotContain("<script src", html);
        Assert.All(html.Split(" src=\"").Skip(1), rest => Assert.StartsWith("data:image/png;base64,", rest));
        Assert.Equal(html.Split("<figure").Length, html.Split("<img ").Length);
    }

    [Fact]
    public void Html_Lets_Its_Own_Script_Run_And_No_Other()
    {
        var sweep = SyntheticSweep.Lab();

        var html = SweepReport.Html(sweep, SweepCharts.Draw(sweep));

        var script = Assert.Single(html.Split("<script>").Skip(1)).Split("</script>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'\">", html, StringComparison.Ordinal);
        Assert.Contains("uPlot", script, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", SweepReport.Html(sweep, NoCharts), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_Holds_The_Curves_For_The_Script()
    {
        var sweep = SyntheticSweep.Lab();

        var html = SweepReport.Html(sweep, SweepCharts.Draw(sweep));

        var figure = html.Split("<figure data-title=\"Training loss by learning rate\">")[1];
        using var data = JsonDocument.Parse(figure.Split("<script type=\"application/json\">")[1].Split("</script>")[0]);
        Assert.Equal("Training loss", data.RootElement.GetProperty("y").GetString());
        Assert.True(data.RootElement.GetProperty("logY").GetBoolean());
        var lines = data.RootElement.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["0.0001", "0.001", "0.01", "0.1"], lines.Select(line => line.GetProperty("name").GetString()));
        var history = sweep.Trials.Single(trial => trial.Record.Trial.Parameters.LearningRate.Equals(0.1)).History;
        Assert.All(
            lines[3].GetProperty("ys").EnumerateArray().Zip(history.Loss),
            pair => Assert.Equal(pair.Second, pair.First.GetDouble(), pair.Second * 1e-4));
    }

    [Fact]
    public void Says_When_Selection_Was_Made_On_The_Test_Set()
    {
        Assert.Contains("> **Selection was made on the test set**", SweepReport.Markdown(SyntheticSweep.Lab(), NoCharts));
        Assert.Contains("optimistic", SweepReport.Html(SyntheticSweep.Lab(), NoCharts));
    }

    [Fact]
    public void Otherwise_Reports_The_Test_Set_Once_For_The_Winner()
    {
        var markdown = SweepReport.Markdown(SyntheticSweep.Grid([0.001, 0.01], [8, 16]), NoCharts);

        Assert.Contains("20% of each class's training rows, held out", markdown);
        Assert.Contains(
            "scored on the test set, once: accuracy **99.11%**, loss 0.0312, on 14,904 rows; 95% interval 98.95% to 99.25% (Wilson)",
            markdown);
        Assert.DoesNotContain("optimistic", markdown);
        Assert.Equal(1, markdown.Split("99.11").Length - 1);
    }

    [Fact]
    public void Lists_Failures_With_Their_Reasons()
    {
        var parameters = new HyperParameters(0.5, 8, 2);
        var failed = new Trial("abc", "notes", "v", parameters, ValidationRule.TestSet);
        var sweep = SyntheticSweep.Lab() with { Failures = [new FailedTrial(failed, "storage did not answer for 2 minutes")] };

        Assert.Contains(
            "- `abc` (learning rate 0.5, 8 hidden units): storage did not answer for 2 minutes\n", SweepReport.Markdown(sweep, NoCharts));
        Assert.Contains("15 trials: 14 completed and 1 without a result.", SweepReport.Markdown(sweep, NoCharts));
    }

    [Fact]
    public void Links_A_Trial_To_Its_Record_Where_It_Has_One()
    {
        var lab = SyntheticSweep.Lab();
        var (pruned, failed) = (lab.Trials[1], new FailedTrial(lab.Trials[2].Record.Trial, "no memory"));
        var sweep = lab with
        {
            Trials =
            [
                .. lab.Trials.Except([pruned, lab.Trials[2]]),
                pruned with { Record = pruned.Record with { Outcome = TrainingOutcome.Stopped } },
            ],
            Failures = [failed],
        };

        var markdown = SweepReport.Markdown(sweep, NoCharts);

        foreach (var trial in lab.Trials)
        {
            var id = trial.Record.Trial.Id;
            Assert.Contains($"`{id}`", markdown, StringComparison.Ordinal);
            Assert.Equal(
                trial != pruned && id != failed.Trial.Id,
                markdown.Contains($"[`{id}`](<../../trials/{id}/trial.json>)", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_Sweep_Without_A_Result_Has_A_Report_Too()
    {
        var sweep = SyntheticSweep.Of(null, [], ("grid", []));

        Assert.Contains("No trial completed, so there is no best model.", SweepReport.Markdown(sweep, NoCharts));
        Assert.Contains("No trial of this study has a result.", SweepReport.Html(sweep, NoCharts));
    }

    [Fact]
    public void Escapes_What_Users_Named()
    {
        const string evil = "a|b`c*d_<img src=x onerror=alert(1)>[l](javascript:1)\n# h & \"q\"";
        var sweep = SyntheticSweep.Lab() with { Dataset = SyntheticSweep.Dataset(evil) };

        var html = SweepReport.Html(sweep, SweepCharts.Draw(sweep));
        var markdown = SweepReport.Markdown(sweep, NoCharts);

        Assert.DoesNotContain("<img src=x", html);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html);
        Assert.DoesNotContain("<img", markdown);
        Assert.DoesNotContain("\n# h", markdown);
        Assert.Contains(@"a\|b\`c\*d\_&lt;img src=x onerror=alert(1)&gt;\[l\](javascript:1) # h &amp; ""q""", markdown);
    }

    [Fact]
    public void The_Same_Results_Give_The_Same_Report()
    {
        var (first, second) = (SyntheticSweep.Lab(), SyntheticSweep.Lab());
        Assert.Equal(SweepReport.Html(first, SweepCharts.Draw(first)), SweepReport.Html(second, SweepCharts.Draw(second)));
    }

    [Fact]
    public void A_Large_Sweep_Lists_A_Thousand_Trials_And_Counts_The_Rest()
    {
        var sweep = SyntheticSweep.Grid([.. Enumerable.Range(1, 40).Select(i => i * 1e-4)], [.. Enumerable.Range(1, 50)], epochs: 1);

        var markdown = SweepReport.Markdown(sweep, NoCharts);

        Assert.Contains("The first 1,000 of 2,000 trials", markdown);
        Assert.InRange(markdown.Length, 100_000, 400_000);
    }
}
