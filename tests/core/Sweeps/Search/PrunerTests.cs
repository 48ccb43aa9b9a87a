using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>Each rule against its definition in plain loops, on recorded curves.</summary>
public sealed class PrunerTests
{
    private const int Epochs = 27;

    [Fact]
    public void Without_A_Rule_Every_Trial_Runs_To_Its_End()
    {
        var run = Simulate(new NoPruner(), 1);

        Assert.Equal(200 * Epochs, run.Epochs);
        Assert.Equal(200, run.Board.CountOf(TrialState.Completed));
    }

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 4, 3)]
    [InlineData(1, 3, 4)]
    public void Halving_Promotes_What_The_Paper_Promotes(int minEpochs, int factor, int seed)
    {
        var pruner = new AsynchronousHalving { MinEpochs = minEpochs, Factor = factor };
        int[] checks = [.. Enumerable.Range(0, 10).Select(k => minEpochs * (int)Math.Pow(factor, k)).Where(e => e < Epochs)];
        var curves = Shuffled(seed);
        var promotions = 0;
        var run = new SearchSimulation(pruner, curves, 7, seed)
        {
            BeforeMove = board =>
            {
                var expected = PromotableInThePaper(board, curves, checks, factor);
                Assert.Equal(expected, pruner.Promote(board));
                promotions += expected is null ? 0 : 1;
            },
        }.Run();

        Assert.Equal(checks, pruner.Checks(Epochs));
        Assert.True(promotions > 30);
        Assert.True(run.Board.CountOf(TrialState.Completed) > 0);
        Assert.Equal(200, run.Board.CountOf(TrialState.Completed) + run.Board.CountOf(TrialState.Preempted));
    }

    [Fact]
    public void Halving_Finds_A_Model_Like_The_Best_Of_The_Grid_With_A_Fifth_Of_The_Epochs()
    {
        var best = RecordedCurve.All.Max(curve => curve.Accuracy[^1]);
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var run = Simulate(new AsynchronousHalving { MinEpochs = 1, Factor = 3 }, seed);

            Assert.InRange(run.Epochs, 1, 200 * Epochs / 5);
            Assert.InRange(run.BestCompleted(), best - 0.002, best);
        }
    }

    [Fact]
    public void Halving_Trains_The_Best_Of_A_Few_To_Its_End()
    {
        double[][] curves = [[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.6, 0.7, 0.8, 0.9]];

        var run = new SearchSimulation(new AsynchronousHalving { MinEpochs = 1, Factor = 3 }, curves, 1, 1).Run();

        Assert.Equal(TrialState.Preempted, run.Board[0]);
        Assert.Equal(TrialState.Completed, run.Board[1]);
    }

    [Theory]
    [InlineData(5, 0, 5)]
    [InlineData(1, 3, 4)]
    [InlineData(20, 2, 1)]
    public void The_Median_Rule_Prunes_What_Is_Below_The_Median_Of_Completed_Trials(int startup, int warmup, int interval)
    {
        var pruner = new MedianPruner { StartupTrials = startup, WarmupEpochs = warmup, Interval = interval };
        var curves = Shuffled(3);
        int[] checks = [.. Enumerable.Range(1, 26).Where(e => e > warmup && (e - warmup) % interval == 0)];
        var pruned = 0;
        SearchSimulation run = null!;
        run = new SearchSimulation(pruner, curves, 4, 3)
        {
            Judged = (trial, isPruned) =>
            {
                int[] completed = [.. Enumerable.Range(0, 200).Where(t => run.Board[t] == TrialState.Completed)];
                var at = run.Board.Scores(trial).Count - 1;
                var best = checks[..(at + 1)].Max(e => (float)curves[trial][e - 1]);
                double[] others = [.. completed.Select(t => (double)(float)curves[t][checks[at] - 1]).Order()];
                var below = completed.Length >= startup
                    && best < (others.Length % 2 == 1
                        ? others[others.Length / 2]
                        : (others[(others.Length / 2) - 1] + others[others.Length / 2]) / 2);
                Assert.Equal(below, isPruned);
                pruned += isPruned ? 1 : 0;
            },
        };
        run.Run();

        Assert.Equal(checks, pruner.Checks(Epochs));
        Assert.InRange(pruned, 20, 180);
        Assert.Equal(200 - pruned, run.Board.CountOf(TrialState.Completed));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 4)]
    public void A_Threshold_Ends_What_Is_Below_It(double limit, int warmup)
    {
        var pruner = new ThresholdPruner { Limit = limit, WarmupEpochs = warmup };
        foreach (var curve in RecordedCurve.All)
        {
            var expected = Enumerable.Range(1, Epochs).FirstOrDefault(e => e > warmup && curve.Accuracy[e - 1] < limit);
            Assert.Equal(expected, FirstStop(pruner, curve.Accuracy));
        }
    }

    [Fact]
    public void A_Threshold_On_The_Loss_Is_An_Upper_One()
    {
        var pruner = new ThresholdPruner { Limit = 0.5, Metric = Objective.Loss };
        var scores = new[] { 0.4, 0.5, 0.6 }.Select(loss => Objective.Loss.Score(new EpochMetrics(9, 1, loss, 1))).ToArray();

        Assert.Equal(3, FirstStop(pruner, scores));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 0.002)]
    public void Patience_Ends_What_Has_Not_Improved(int patience, double margin)
    {
        var pruner = new PatiencePruner { Patience = patience, Margin = margin };
        foreach (var curve in RecordedCurve.All)
        {
            // Keras' EarlyStopping, in its own words.
            double best = double.NegativeInfinity;
            int wait = 0, expected = 0;
            for (var epoch = 1; epoch <= Epochs && expected == 0; epoch++)
            {
                wait++;
                if (curve.Accuracy[epoch - 1] > best + margin) (best, wait) = (curve.Accuracy[epoch - 1], 0);
                if (wait >= patience && epoch > 1) expected = epoch;
            }

            Assert.Equal(expected, FirstStop(pruner, curve.Accuracy));
        }
    }

    [Fact]
    public void A_Board_Refuses_What_Cannot_Be()
    {
        var board = new TrialBoard(2);
        board.Start(0);

        Assert.Throws<InvalidOperationException>(() => board.Start(0));
        Assert.Throws<ArgumentException>(() => board.Return(0, TrialState.Running, []));
        Assert.Throws<ArgumentException>(() => board.Return(0, TrialState.Preempted, [double.NaN]));
        Assert.Throws<ArgumentException>(() => new TrialBoard(new TrialBoardState("wq", [])));
        Assert.Throws<ArgumentException>(() => new TrialBoard(new TrialBoardState("w", [[1], [2]])));
    }

    [Fact]
    public void Trials_On_Record_Take_Their_Place_At_Every_Check()
    {
        var pruner = new AsynchronousHalving { MinEpochs = 1, Factor = 2 };
        var history = new TrainingHistory([4, 3, 2, 1], [0, 0, 0, 0], [4, 3, 2, 1], [0.1, 0.2, 0.3, 0.4]);
        var board = new TrialBoard(2);

        board.Return(0, TrialState.Completed, Objective.Accuracy.ScoresAt(history, pruner.Checks(4)));
        board.Start(1);
        board.Return(1, TrialState.Preempted, [0.15]);

        Assert.Equal([0.1f, 0.2f], board.Scores(0));
        Assert.Equal(1, pruner.Promote(board));
        Assert.Equal([-4.0, -3], Objective.Loss.ScoresAt(history, pruner.Checks(4)));
        Assert.Equal([-4.0], Objective.Loss.ScoresAt(TrainingHistory.From([new EpochMetrics(4, 0, 4, 0)]), pruner.Checks(4)));
    }

    private static SearchSimulation Simulate(Pruner pruner, int seed) => new SearchSimulation(pruner, Shuffled(seed), 4, seed).Run();

    // A sampler proposes points in no order.
    private static double[][] Shuffled(int seed)
    {
        double[][] curves = [.. RecordedCurve.All.Select(curve => curve.Accuracy)];
        new Random(seed).Shuffle(curves);
        return curves;
    }

    /// <summary>get_job of the paper: from the highest rung down, the best of the top 1/factor that were not promoted yet.</summary>
    private static int? PromotableInThePaper(TrialBoard board, double[][] curves, int[] checks, int factor)
    {
        for (var k = checks.Length - 1; k >= 0; k--)
        {
            int[] rung =
            [
                .. Enumerable.Range(0, board.Count).Where(t => board.Scores(t).Count > k).OrderByDescending(t => curves[t][checks[k] - 1]),
            ];
            int[] promotable =
            [
                .. rung.Take(rung.Length / factor).Where(t => board.Scores(t).Count == k + 1 && board[t] == TrialState.Preempted),
            ];
            if (promotable.Length > 0) return promotable[0];
        }

        return null;
    }

    private static int FirstStop(Pruner pruner, double[] scores) =>
        Enumerable.Range(1, scores.Length).FirstOrDefault(epoch => pruner.Stops(scores[..epoch]));
}
