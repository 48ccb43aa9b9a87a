using System.Text;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class SweepTablesTests
{
    [Fact]
    public async Task Has_A_Line_A_Trial_With_All_Of_It()
    {
        var parameters = new HyperParameters(1e-4, 16, 3, 32, 7)
        {
            WeightDecay = 0.01, Schedule = LearningRateSchedule.Cosine, Activation = Activation.Relu,
        };
        var trial = SyntheticSweep.Trial(
            parameters, SyntheticSweep.History([0.5, 0.25], [0.4, 0.125], 0.875, 0.75), TrainingOutcome.Stopped, reused: true);
        var failed = new Trial("abc", "notes", "v", new HyperParameters(0.5, 8, 2), ValidationRule.HoldOut(0.2));
        var sweep = SyntheticSweep.Of(null, [trial], ("one", [trial]), ("other", [trial])) with
        {
            Failures = [new FailedTrial(failed, "the disk said \"full\", twice")],
        };

        var lines = (await TextAsync(sweep, SweepTables.WriteTrialsAsync)).Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.Equal(26, lines[0].Split(',').Length);
        Assert.Equal(
            $"{trial.Record.Trial.Id},one "
            + "other,0.0001,16,3,32,0.01,cosine,relu,7,test,pruned,true,2,0.25,0.75,0.125,0.875,2,0.875,2106,0.024,cpu,1,,",
            lines[1]);
        Assert.Equal(
            "abc,,0.5,8,2,128,0,constant,sigmoid,1,0.2,no result,false,,,,,,,,,,,,\"the disk said \"\"full\"\", twice\",", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public async Task Has_A_Line_An_Epoch_That_Reads_Back_As_It_Was()
    {
        var sweep = SyntheticSweep.Lab();

        var lines = (await TextAsync(sweep, SweepTables.WriteHistoriesAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("trial,epoch,loss,accuracy,val_loss,val_accuracy,val_balanced_accuracy,val_macro_f1", lines[0]);
        Assert.Equal(
            sweep.Trials.SelectMany(
                trial => trial.History.Loss.Select((loss, i) => (trial.Record.Trial.Id, i + 1, loss, trial.History.ValidationAccuracy[i]))),
            lines.Skip(1)
                .Select(line => line.Split(','))
                .Select(cells => (cells[0], int.Parse(cells[1]), double.Parse(cells[2]), double.Parse(cells[5]))));
    }

    [Fact]
    public async Task Curves_Have_Every_Figure_That_Is_On_Record()
    {
        var lab = SyntheticSweep.Lab();
        var (early, late) = (lab.Trials[0], lab.Trials[1]);
        double[] balanced = [.. late.History.Loss.Select((_, i) => 0.5 + (i / 64.0))], f1 = [.. balanced.Select(value => value / 2)];
        var sweep = lab with
        {
            Trials =
            [
                early with { History = early.History with { ValidationBalancedAccuracy = null, ValidationMacroF1 = null } },
                late with { History = late.History with { ValidationBalancedAccuracy = balanced, ValidationMacroF1 = f1 } },
            ],
        };

        var lines = (await TextAsync(sweep, SweepTables.WriteHistoriesAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var cells = lines.Skip(1).Select(line => line.Split(',')).ToLookup(line => line[0], line => (line[6], line[7]));
        Assert.All(cells[early.Record.Trial.Id], figures => Assert.Equal(("", ""), figures));
        Assert.Equal(
            balanced.Zip(f1), cells[late.Record.Trial.Id].Select(figures => (double.Parse(figures.Item1), double.Parse(figures.Item2))));
    }

    private static async Task<string> TextAsync(SweepResults sweep, Func<SweepResults, Stream, CancellationToken, Task> write)
    {
        using var stream = new MemoryStream();
        await write(sweep, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
