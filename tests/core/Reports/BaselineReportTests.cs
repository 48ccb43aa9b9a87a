using System.Text;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class BaselineReportTests
{
    private static readonly ValidationRule HeldOut = ValidationRule.HoldOut(0.2);

    [Theory]
    [InlineData(
        0.95,
        0.90,
        false,
        "The best network, with 95.00% validation accuracy, is 5.00 percentage points ahead of the best baseline, sdca, with 90.00%. "
        + "That is more than the noise (95% interval 2.71 to 7.34 points, over 1,000 validation rows).")]
    [InlineData(
        0.91,
        0.90,
        true,
        "The best network, with 91.00% validation accuracy, is 1.00 percentage points ahead of the best baseline, sdca, with 90.00%. That "
        + "is within the noise (95% interval -1.58 to 3.59 points, over 1,000 validation rows): "
        + "these rows do not show that a network is needed.")]
    [InlineData(
        0.90,
        0.91,
        true,
        "The best baseline, sdca, with 91.00%, is 1.00 percentage points ahead of the best network, with 90.00% validation accuracy. That "
        + "is within the noise (95% interval -1.58 to 3.59 points, over 1,000 validation rows): these rows do not tell the two apart, "
        + "and the baseline is the simpler model.")]
    [InlineData(
        0.80,
        0.91,
        false,
        "The best baseline, sdca, with 91.00%, is 11.00 percentage points ahead of the best network, with 80.00% validation accuracy. That "
        + "is more than the noise (95% interval 7.95 to 14.06 points, over 1,000 validation rows): "
        + "on these data the baseline is the better model, while the best model of this report is the best network.")]
    public void Says_Who_Is_Ahead_And_Whether_It_Is_Noise(double network, double baseline, bool isNoise, string sentence)
    {
        var comparison = NetworkAgainstBaselines.Of(Sweep([network], ("sdca", baseline, 1000), ("perceptron", 0.5, 1000)))!;

        Assert.Equal("sdca", comparison.Best.Name);
        Assert.Equal(isNoise, comparison.IsWithinNoise);
        Assert.Equal(network - baseline, comparison.Lead, 1e-12);
        Assert.Equal(sentence, comparison.Sentences().First());
    }

    [Fact]
    public void Agrees_With_Newcombes_Example()
    {
        // 56 of 70 against 48 of 80: Newcombe 1998, table II, (a), method 10.
        var (low, high) = NetworkAgainstBaselines.OfShares(56.0 / 70, 70, 48.0 / 80, 80);

        Assert.Equal(0.0524, low, 5e-5);
        Assert.Equal(0.3339, high, 5e-5);
    }

    [Fact]
    public void Says_That_The_Best_Of_Many_Is_Favoured() =>
        Assert.Equal(
            "The network is the best of 3 points on these rows and the baseline has one setting, its default, which favours the network.",
            NetworkAgainstBaselines.Of(Sweep([0.95, 0.9, 0.85], ("sdca", 0.9, 1000)))!.Sentences().ElementAt(1));

    [Fact]
    public void Compares_Fold_By_Fold()
    {
        double[] network = [0.95, 0.93, 0.97, 0.94], baseline = [0.90, 0.89, 0.93, 0.90];
        var rules = ValidationRule.InFolds(4).OfTrials();
        var trials = rules.Select((rule, i) => Network(0.01, network[i], rule)).ToArray();
        var sweep = SyntheticSweep.Of(null, trials, ("grid", trials)) with
        {
            Validation = ValidationRule.InFolds(4),
            Baselines = [.. rules.Select((rule, i) => Baseline("lbfgs", baseline[i], 100, rule))],
        };

        var comparison = NetworkAgainstBaselines.Of(sweep)!;

        // Differences 5, 4, 4, 4 points: mean 4.25, deviation 0.5; t of 3 degrees 3.182; sqrt(0.25 * (1/4 + 1/3)) = 0.3819.
        Assert.Equal(0.0425, comparison.Lead, 1e-9);
        Assert.Equal(0.0425 - 0.012153, comparison.Low, 1e-5);
        Assert.Contains("over 4 folds)", comparison.Sentences().First(), StringComparison.Ordinal);
        var report = SweepReport.Markdown(sweep, []);
        Assert.Contains("| lbfgs (baseline) | 4 | 90.50% |", report, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "1", "2", "3", "4"], Assert.Single(TrialTable.Of(sweep)).Rows.Select(row => row.Cells[1]));
        // Without one of its folds its mean is over other rows.
        Assert.Null(NetworkAgainstBaselines.Of(sweep with { Baselines = [.. sweep.Baselines.Skip(1)] }));
    }

    [Fact]
    public void A_Baseline_Is_All_There_Is_Where_No_Network_Completed()
    {
        var none = SyntheticSweep.Of(null, [], ("grid", []));
        var sweep = none with { Validation = HeldOut, Baselines = [Baseline("sdca", 0.9, 1000, HeldOut)] };

        Assert.Equal(
            "No network completed; the best baseline, sdca, with 90.00% validation accuracy, is all there is.",
            Assert.Single(NetworkAgainstBaselines.Of(sweep)!.Sentences()));
    }

    [Fact]
    public void Describes_Every_Baseline()
    {
        var sweep = Sweep([0.95], [.. MusicPipeline.Training.MachineLearning.Baselines.Names.Select(name => (name, 0.9, 1000))]);

        var report = SweepReport.Markdown(sweep, []);

        Assert.All(
            MusicPipeline.Training.MachineLearning.Baselines.Names,
            name => Assert.Contains($" {name}, ", report, StringComparison.Ordinal));
    }

    [Fact]
    public void Stands_In_The_Tables_Of_The_Trials()
    {
        var sweep = Sweep([0.95, 0.9], ("sdca", 0.9, 1000), ("perceptron", 0.85, 1000));
        sweep = sweep with
        {
            Baselines =
            [
                .. sweep.Baselines, new BaselineResult(BaselineTrial.Of(["lbfgs"], HeldOut, "notes", "v")[0], null, "the disk is full"),
            ],
        };

        var table = Assert.Single(TrialTable.Of(sweep));

        Assert.Equal("Model", table.Columns[0].Heading);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count));
        Assert.Equal(
            ["network", "network", "sdca (baseline)", "perceptron (baseline)", "lbfgs (baseline)"], table.Rows.Select(row => row.Cells[0]));
        Assert.Equal("network", table.Rows.Single(row => row.IsBest).Cells[0]);
        Assert.Equal(
            ["sdca (baseline)", "", "0.3000", "91.00%", "0.4000", "90.00%", "", "", "1.50", "completed", sweep.Baselines[0].Trial.Id],
            table.Rows[2].Cells);
        Assert.Equal(
            ["perceptron (baseline)", "", "", "86.00%", "", "85.00%", "", "", "1.50", "completed", sweep.Baselines[1].Trial.Id],
            table.Rows[3].Cells);
        Assert.Equal(["lbfgs (baseline)", "", "", "", "", "", "", "", "", "no result", sweep.Baselines[2].Trial.Id], table.Rows[4].Cells);
        Assert.Contains("Lbfgs has no result: the disk is full.", SweepReport.Markdown(sweep, []), StringComparison.Ordinal);
        Assert.Null(sweep.TestScore);
    }

    [Fact]
    public async Task Has_A_Line_In_The_Exported_Table()
    {
        using var stream = new MemoryStream();
        await SweepTables.WriteTrialsAsync(Sweep([0.95], ("perceptron", 0.85, 1000)), stream, TestContext.Current.CancellationToken);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.All(lines.SkipLast(1), line => Assert.Equal(26, line.Split(',').Length));
        var names = lines[0].Split(',');
        var cells = lines[2].Split(',').Zip(names).ToDictionary(pair => pair.Second, pair => pair.First);
        Assert.Equal(
            ("perceptron", "completed", "", "0.85", "0.2"),
            (cells["baseline"], cells["state"], cells["val_loss"], cells["val_accuracy"], cells["validation"]));
        Assert.Equal("1.5", cells["seconds"]);
    }

    [Fact]
    public void The_Best_One_Is_A_Level_Line_In_Charts_Of_Accuracy()
    {
        var sweep = SyntheticSweep.Lab();
        sweep = sweep with
        {
            Baselines =
            [
                Baseline("sdca", 0.9, 14_904, ValidationRule.TestSet), Baseline("perceptron", 0.8, 14_904, ValidationRule.TestSet),
            ],
        };

        var charts = SweepCharts.Draw(sweep);

        foreach (var file in (string[])["baseline-accuracy.png", "learning-rate-accuracy.png", "hidden-units-accuracy.png"])
        {
            var line = charts.Single(chart => chart.FileName == file).Data!.Lines[^1];
            Assert.Equal("sdca (baseline)", line.Name);
            Assert.NotNull(line.Dash);
            Assert.All(line.Y, y => Assert.Equal(90, y));
        }

        Assert.DoesNotContain(charts.Where(chart => chart.FileName.EndsWith("loss.png", StringComparison.Ordinal)), HasBaseline);
        Assert.DoesNotContain(SweepCharts.Draw(SyntheticSweep.Lab()), HasBaseline);

        static bool HasBaseline(Chart chart) =>
            chart.Data?.Lines.Any(line => line.Name.Contains("(baseline)", StringComparison.Ordinal)) == true;
    }

    private static SweepResults Sweep(double[] networks, params (string Name, double Accuracy, int Rows)[] baselines)
    {
        var trials = networks.Select((accuracy, i) => Network(0.01 * (i + 1), accuracy, HeldOut)).ToArray();
        return SyntheticSweep.Of(null, trials, ("grid", trials)) with
        {
            Baselines = [.. baselines.Select(baseline => Baseline(baseline.Name, baseline.Accuracy, baseline.Rows, HeldOut))],
        };
    }

    private static FinishedTrial Network(double rate, double accuracy, ValidationRule rule) => SyntheticSweep.Trial(
        new HyperParameters(rate, 64, 2), SyntheticSweep.History([0.5, 0.2], [0.5, 0.3], accuracy, 0.99), validation: rule);

    private static BaselineResult Baseline(string name, double accuracy, int rows, ValidationRule rule)
    {
        var trial = BaselineTrial.Of([name], ValidationRule.TestSet, "notes", "v")[0] with { Validation = rule };
        double? loss = name == "perceptron" ? null : 0.3;
        return new BaselineResult(trial, new BaselineRecord(trial, loss, accuracy + 0.01, loss + 0.1, accuracy, rows, 1.5, "1"));
    }
}
