using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Tests.Training;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class TrialSegmentTests
{
    private const int Epochs = 9;

    [Fact]
    public void A_Trial_That_Is_Paused_And_Promoted_Ends_As_It_Would_Without()
    {
        var (device, split) = (new CpuTrainingDevice(), TrainingCases.Split());
        HyperParameters[] trials =
        [
            .. Enumerable.Range(0, 12).Select(i => new HyperParameters(0.0005 * Math.Pow(1.6, i * 5 % 12), 8, Epochs, 32))
        ];
        var pruner = new AsynchronousHalving { MinEpochs = 1, Factor = 2 };
        var board = new TrialBoard(trials.Length);
        var checkpoints = new TrainingCheckpoint?[trials.Length];
        var results = new TrainingResult[trials.Length];
        var (next, epochs, promotions) = (0, 0, 0);
        while (SearchScheduler.Next(board, pruner, next < trials.Length) is { Kind: not SearchMoveKind.End } move)
        {
            var trial = move.Kind == SearchMoveKind.Start ? next++ : move.Trial;
            promotions += move.Kind == SearchMoveKind.Resume ? 1 : 0;
            board.Start(trial);
            var segment = new Stretch(
                pruner,
                Objective.Loss,
                Epochs,
                SearchScheduler.NextStop(board, pruner, trial, Epochs),
                checkpoints[trial]?.Epochs ?? []);
            results[trial] = device.Train(split, trials[trial], new TrainingRun { From = checkpoints[trial], Continue = segment.Continue });
            epochs += results[trial].History.Epochs - (checkpoints[trial]?.Epochs.Count ?? 0);
            checkpoints[trial] = results[trial].Checkpoint;
            board.Return(trial, segment.StateOf(results[trial].Outcome), [.. segment.CheckScores]);
        }

        Assert.Equal([1, 2, 4, 8], pruner.Checks(Epochs));
        Assert.True(promotions >= 6);
        Assert.InRange(epochs, 12, 12 * Epochs / 2);
        Assert.InRange(board.CountOf(TrialState.Completed), 1, 3);
        for (var trial = 0; trial < trials.Length; trial++)
        {
            var whole = device.Train(split, trials[trial]);
            var history = results[trial].History;
            Assert.Equal(whole.History.ValidationLoss[..history.Epochs], history.ValidationLoss);
            Assert.Equal(
                Objective.Loss.ScoresAt(history, pruner.Checks(Epochs)).Select(score => (float)score), board.Scores(trial));
            if (board[trial] == TrialState.Completed) Assert.Equal(TrainingCases.Bits(whole), TrainingCases.Bits(results[trial]));
        }
    }

    [Fact]
    public void A_Trial_That_Its_Own_Curve_Ends_Is_Pruned()
    {
        var segment = new Stretch(
            new PatiencePruner { Patience = 2, Margin = 0 }, Objective.Accuracy, 10, 10, [Epoch(0.8), Epoch(0.7)]);

        Assert.False(segment.Continue(3, Epoch(0.75)));
        Assert.True(segment.IsPruned);
        Assert.Equal(TrialState.Pruned, segment.StateOf(TrainingOutcome.Stopped));
        Assert.Empty(segment.CheckScores);
    }

    [Fact]
    public void A_Segment_Ends_At_Its_Stop()
    {
        var segment = new Stretch(
            new MedianPruner { StartupTrials = 1, WarmupEpochs = 0, Interval = 2 },
            Objective.Accuracy, 10, 4, [Epoch(0.1), Epoch(0.2)]);

        Assert.True(segment.Continue(3, Epoch(0.3)));
        Assert.False(segment.Continue(4, Epoch(0.4)));
        Assert.Equal([0.4], segment.CheckScores);
        Assert.Equal(TrialState.Preempted, segment.StateOf(TrainingOutcome.Stopped));
        Assert.Equal(TrialState.Completed, segment.StateOf(TrainingOutcome.Completed));
        Assert.Equal(TrialState.Diverged, segment.StateOf(TrainingOutcome.Diverged));
    }

    private static EpochMetrics Epoch(double accuracy) => new(1, accuracy, 1, accuracy);

    /// <summary>A segment, and what its trial comes back with.</summary>
    private sealed class Stretch(Pruner pruner, Objective metric, int epochs, int stop, IReadOnlyList<EpochMetrics> before)
    {
        private readonly TrialSegment _segment = new(pruner, metric, stop, before);
        private readonly List<double> _scores = [.. before.Select(epoch => metric.Score(epoch))];

        public bool IsPruned => pruner.Stops(_scores);

        public IEnumerable<double> CheckScores =>
            pruner.Checks(epochs).Where(check => check > before.Count && check <= _scores.Count).Select(check => _scores[check - 1]);

        public bool Continue(int epoch, EpochMetrics metrics)
        {
            _scores.Add(metric.Score(metrics));
            return _segment.Continue(epoch, metrics);
        }

        public TrialState StateOf(TrainingOutcome outcome) =>
            outcome == TrainingOutcome.Stopped && !IsPruned ? TrialState.Preempted : TrialStates.Of(outcome);
    }
}
