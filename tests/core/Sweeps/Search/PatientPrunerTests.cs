using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>Patience around each kind of rule, in plain loops on recorded curves.</summary>
public sealed class PatientPrunerTests
{
    private const int Epochs = 27;

    private static readonly double[][] Curves = [.. RecordedCurve.All.Select(curve => curve.Accuracy)];

    // As boards keep them.
    private static readonly double[][] Rounded = [.. Curves.Select(curve => curve.Select(score => (double)(float)score).ToArray())];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Ends_What_A_Rule_About_Curves_Would_End_And_Has_Not_Improved(int patience)
    {
        var inner = new ThresholdPruner { Limit = 0.9, WarmupEpochs = 1 };
        var pruner = new PatientPruner { Patience = patience, Inner = inner };
        var ended = 0;
        foreach (var curve in Curves)
        {
            var expected = Enumerable.Range(1, Epochs)
                .FirstOrDefault(e => e > 1 && curve[e - 1] < 0.9 && Stalled([.. Enumerable.Range(1, e)], curve, patience));
            ended += expected > 0 ? 1 : 0;
            Assert.Equal(expected, Enumerable.Range(1, Epochs).FirstOrDefault(e => pruner.Stops(curve[..e])));
        }

        Assert.InRange(ended, 1, Curves.Count(curve => Enumerable.Range(1, Epochs).Any(e => inner.Stops(curve[..e]))) - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Prunes_At_A_Check_What_The_Other_Would_And_Has_Not_Improved(int patience)
    {
        var inner = new MedianPruner { Interval = 2 };
        var pruner = new PatientPruner { Patience = patience, Inner = inner };
        var (pruned, spared) = (0, 0);
        SearchSimulation run = null!;
        run = new SearchSimulation(pruner, Curves, 4, 3)
        {
            Judged = (trial, isPruned) =>
            {
                int[] checks = [.. pruner.Checks(Epochs).Take(run.Board.Scores(trial).Count)];
                var stalled = Stalled(checks, Rounded[trial], patience);
                // The rung holds the pruned trial as well as before.
                var others = inner.IsPruned(run.Board, trial);
                Assert.Equal(others && stalled, isPruned);
                pruned += isPruned ? 1 : 0;
                spared += others && !stalled ? 1 : 0;
            },
        };
        run.Run();

        Assert.Equal(inner.Checks(Epochs), pruner.Checks(Epochs));
        Assert.True(pruned > 0 && spared > 0, $"{pruned} pruned, {spared} spared");
        Assert.Equal(200 - pruned, run.Board.CountOf(TrialState.Completed));
    }

    [Fact]
    public void What_Halving_Would_Leave_Paused_Goes_On_While_It_Improves()
    {
        var inner = new AsynchronousHalving();
        var pruner = new PatientPruner { Patience = 1, Inner = inner };
        var checks = inner.Checks(Epochs);
        var run = new SearchSimulation(pruner, Curves, 4, 1)
        {
            BeforeMove = board =>
            {
                int? improving = Enumerable.Range(0, board.Count).Cast<int?>().FirstOrDefault(
                    trial => board[trial!.Value] == TrialState.Preempted
                        && !Stalled([.. checks.Take(board.Scores(trial.Value).Count)], Rounded[trial.Value], 1));
                Assert.Equal(inner.Promote(board) ?? improving, pruner.Promote(board));
            },
        }.Run();
        var alone = new SearchSimulation(inner, Curves, 4, 1).Run();
        var never = new SearchSimulation(pruner with { Patience = 10_000 }, Curves, 4, 1).Run();

        Assert.InRange(run.Epochs, alone.Epochs + 1, (200 * Epochs) - 1);
        Assert.All(
            Enumerable.Range(0, 200).Where(trial => run.Board[trial] == TrialState.Preempted),
            trial => Assert.True(Stalled([.. checks.Take(run.Board.Scores(trial).Count)], Rounded[trial], 1)));
        Assert.Equal(200 * Epochs, never.Epochs);
        Assert.True(pruner.EndsByPausing);
    }

    [Fact]
    public void Compares_As_The_Other_Does() =>
        Assert.Equal(Objective.Loss, new PatientPruner { Inner = new MedianPruner { Metric = Objective.Loss } }.ComparedBy);

    /// <summary>Whether the best of the scores that were seen was so many epochs ago.</summary>
    private static bool Stalled(int[] seen, double[] curve, int patience)
    {
        var best = seen.MaxBy(epoch => curve[epoch - 1]);
        return seen[^1] - best >= patience;
    }
}
