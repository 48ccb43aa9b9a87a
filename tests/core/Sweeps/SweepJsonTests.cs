using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Whatever is written to storage or handed to a host comes back as it was.</summary>
public sealed class SweepJsonTests
{
    private static readonly Trial Trial = new(
        "ab12", "Übung \"1\" <&>", "v", new HyperParameters(1e-300, 3, 2, 1, int.MinValue), ValidationRule.HoldOut(0.1));

    [Fact]
    public void A_Diverged_Record_Keeps_Its_Nan_And_Infinity()
    {
        var last = new EpochMetrics(double.NaN, 0.1, double.PositiveInfinity, double.NegativeInfinity);
        var record = new TrialRecord(Trial, TrainingOutcome.Diverged, 1, last, 1, double.NaN, 33, 0.25, "cpu", "1");

        Goes(record);
        Goes(record with { Last = null, Epochs = 0 });
        Assert.Contains("\"loss\":\"NaN\"", JsonSerializer.Serialize(record, PipelineJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void A_History_Keeps_Every_Bit()
    {
        var history = TrainingHistory.From([new(double.NaN, Math.PI, double.Epsilon, -0.0), new(double.MaxValue, 0.1 + 0.2, 0, 1)]);

        var read = Through(history);

        Assert.Equal(history.Loss, read.Loss);
        Assert.Equal(history.Accuracy, read.Accuracy);
        Assert.Equal(history.ValidationLoss, read.ValidationLoss);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(read.ValidationAccuracy[0]));
    }

    [Fact]
    public void What_An_Orchestration_Hands_On_Comes_Back()
    {
        Goes(new TrialOutcome(3, TrialState.Diverged, Reused: true));
        Goes(new TrialOutcome(3, TrialState.Completed, ValidationAccuracy: double.NaN));
        Goes(new TrialOutcome(3, TrialState.Failed, Reason: "a \"wrong\" input\n"));
        Goes(new SweepStatus("wrcdfx", 1, -1, 0, DateTimeOffset.UnixEpoch, null));
        Goes(new SweepStatus("wrcdfx", 1, -1, 0, DateTimeOffset.UnixEpoch, null, Part: 2));
        Goes(new PlannedSweep(400, 2.5, 2, 300));
        Goes(new PlannedSweep(400, 2.5, 2, 300) { Baselines = 8 });
        Goes(new BaselineCall("s", 3, 2, -1));
        Goes(new SweepRange("s", 300, 100));
        Goes(new TrialProgress(0, 3, null));
        Goes(new SweepStatus("wrcdfx", 1, -1, 0, DateTimeOffset.UnixEpoch, null, Part: 2));
        Goes(new PlannedSweep(400, 2.5, 2, 300, null, HaltKind.Stop, 3, DeviceChoice.Cuda, new DeviceCapacity("cuda", 64, 1L << 40)));
        Goes(new SweepRange("s", 300, 100));
        Assert.Equal([1, 0], Through(new PlannedSweep(2, 3.5, 2, 300, new PlannedPart([1, 0], [1, 2.5], Packs: [2]))).Whole!.Order);
        var pack = Through(new TrialPack("s", [2], DeviceChoice.Cpu));
        Assert.Equal(2, Assert.Single(pack.Indices));
        Assert.Equal(DeviceChoice.Cpu, pack.Device);
        var tally = Through(new SweepEnding(
            "s", HaltKind.Cancel, new("fCx", 1, 0.5, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0, 0, ["no"], "A-"))).Tally;
        Assert.Equal([1], tally.Reused());
        Assert.Equal([new(0, TrialState.Failed, Reason: "no"), new(2, TrialState.Cancelled)], tally.Failures());
    }

    [Theory]
    [InlineData("lab")]
    [InlineData(null)]
    public void A_Plan_Comes_Back(string? preset)
    {
        var plan = SweepPlanner.Plan(new SweepRequest { Preset = preset, HiddenUnits = preset is null ? [1, 2] : null }, "notes", "v");

        var read = Through(plan);

        Assert.Equal((plan.SweepId, plan.Preset, plan.Validation), (read.SweepId, read.Preset, read.Validation));
        Assert.Equal(plan.Trials, read.Trials);
        Assert.Equal(plan.Studies.Select(study => study.Name), read.Studies.Select(study => study.Name));
    }

    [Fact]
    public void A_Sweep_Comes_Back_At_Every_Stage()
    {
        var fresh = new SweepDocument("s", SweepState.Waiting, new SweepRequest(), "notes", "v", DateTimeOffset.UnixEpoch);
        var ended = fresh with
        {
            State = SweepState.Completed,
            IdempotencyKey = "key",
            StartedAt = DateTimeOffset.UnixEpoch,
            FinishedAt = DateTimeOffset.MaxValue,
            Error = "none",
            Counts = new SweepCounts(1, 0, 0, 0, 1, 0, 0, 0),
            Best = new BestTrial("ab12", Trial.Parameters, 0.5),
        };

        Goes(fresh);
        Goes(ended);
        Assert.Equal(
            [new TrialFailure("ab12", TrialState.Failed, "no")],
            Through(ended with { Failures = [new("ab12", TrialState.Failed, "no")] }).Failures!);
    }

    [Theory]
    [InlineData("""{"id":"s","state":"completed"}""")]
    [InlineData("""{"id":"s","state":7,"request":{},"dataset":"d","datasetVersion":"v","createdAt":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":null,"state":"completed","request":{},"dataset":"d","datasetVersion":"v","createdAt":"2026-01-01T00:00:00Z"}""")]
    public void A_Damaged_Document_Is_Not_Taken_For_A_Sweep(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SweepDocument>(json, PipelineJson.Options));

    [Theory]
    [InlineData("w?c")]
    [InlineData("W")]
    [InlineData("wwX")]
    [InlineData("3//")]
    [InlineData("3A")]
    public void A_Letter_Of_No_State_Is_Refused(string letters)
    {
        var json = $"{{\"run\":1,\"trials\":\"{letters}\"}}";
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<EndedRun>(json, PipelineJson.Compact));
    }

    [Fact]
    public void A_Letter_Of_No_State_Is_Not_Written()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Serialize(new EndedRun(1, "cc?"), PipelineJson.Compact));
        Assert.Throws<JsonException>(() => JsonSerializer.Serialize(new EndedRun(1, new string('w', 5000) + "W"), PipelineJson.Compact));
    }

    [Fact]
    public void Every_State_Has_A_Letter_Of_Its_Own()
    {
        var states = Enum.GetValues<TrialState>();

        Assert.Equal(states.Length, states.Select(state => TrialStates.LetterOf(state)).Distinct().Count());
        Assert.All(states, state => Assert.Equal(state, TrialStates.StateOf(TrialStates.LetterOf(state))));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialStates.StateOf('?'));
    }

    private static void Goes<T>(T value) => Assert.Equal(value, Through(value));

    private static T Through<T>(T value)
    {
        var compact = JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, PipelineJson.Compact), PipelineJson.Compact)!;
        return JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(compact, PipelineJson.Options), PipelineJson.Options)!;
    }
}
