using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Trials;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>
/// Runs recorded curves under a pruner as a sweep would, on workers of uneven speed. Time is counted in epochs and drawn
/// from a seed.
/// </summary>
internal sealed class SearchSimulation(Pruner pruner, IReadOnlyList<double[]> curves, int workers, int seed)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<(int Trial, int Stop), (double, int)> _running = new();
    private readonly int[] _done = new int[curves.Count];
    private int _started;

    public TrialBoard Board { get; private set; } = new(curves.Count);

    /// <summary>Epochs trained.</summary>
    public int Epochs { get; private set; }

    /// <summary>Called before each move with the board, to compare with another implementation.</summary>
    public Action<TrialBoard>? BeforeMove { get; init; }

    /// <summary>Called where a trial was paused, with the trial and whether it was pruned.</summary>
    public Action<int, bool>? Judged { get; init; }

    public SearchSimulation Run()
    {
        double now = 0;
        while (true)
        {
            while (_running.Count < workers && Move(now))
            {
            }

            if (!_running.TryDequeue(out var next, out var time)) return this;
            now = time.Item1;
            Return(next.Trial, next.Stop);
            // As where one orchestration hands over to the next.
            if (_random.Next(20) == 0) Board = new TrialBoard(Board.ToState());
        }
    }

    public double BestCompleted() => Enumerable.Range(0, curves.Count)
        .Where(trial => Board[trial] == TrialState.Completed).Max(trial => curves[trial][^1]);

    private bool Move(double now)
    {
        BeforeMove?.Invoke(Board);
        var move = SearchScheduler.Next(Board, pruner, more: _started < curves.Count);
        if (move.Kind is SearchMoveKind.Wait or SearchMoveKind.End) return false;
        var trial = move.Kind == SearchMoveKind.Start ? _started++ : move.Trial;
        Board.Start(trial);
        var stop = SearchScheduler.NextStop(Board, pruner, trial, curves[trial].Length);
        _running.Enqueue((trial, stop), (now + ((stop - _done[trial]) * (0.5 + _random.NextDouble())), trial));
        return true;
    }

    private void Return(int trial, int stop)
    {
        for (var epoch = _done[trial] + 1; epoch <= stop; epoch++)
        {
            Epochs++;
            _done[trial] = epoch;
            if (epoch == curves[trial].Length || !pruner.Stops(curves[trial][..epoch])) continue;
            Board.Return(trial, TrialState.Pruned, []);
            return;
        }

        var ended = stop == curves[trial].Length;
        Board.Return(trial, ended ? TrialState.Completed : TrialState.Preempted, ended ? [] : [curves[trial][stop - 1]]);
        if (ended) return;
        var pruned = pruner.IsPruned(Board, trial);
        if (pruned) Board.Prune(trial);
        Judged?.Invoke(trial, pruned);
    }
}
