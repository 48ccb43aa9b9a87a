using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Asynchronous successive halving (L. Li et al., A system for massively parallel hyperparameter tuning, 2020,
/// algorithm 2): every trial is paused after <c>r, r f, r f^2, ...</c> epochs, and of those that got so far the best
/// <c>1/f</c> go on, at once or as soon as others make them so. Promotions from the highest rung come first, and before
/// new trials.
/// </summary>
public sealed record AsynchronousHalving() : ComparingPruner("asha", "asynchronous successive halving")
{
    /// <summary>r: epochs before the first check.</summary>
    [Description("epochs before the first check"), Range(1, Most), DefaultValue(1)]
    public int? MinEpochs { get; init; }

    /// <summary>f: of so many trials one is promoted.</summary>
    [Description("of so many trials one is promoted"), Range(2, 100), DefaultValue(3)]
    public int? Factor { get; init; }

    /// <summary>A trial that waits for a promotion has ended until it gets one.</summary>
    internal override bool EndsByPausing => true;

    /// <inheritdoc/>
    public override int? Promote(TrialBoard board)
    {
        for (var check = board.Rungs - 1; check >= 0; check--)
        {
            var rung = board.RungOf(check);
            for (var rank = 0; rank < rung.Count / (Factor ?? 3); rank++)
            {
                var trial = rung[rank];
                if (board[trial] == TrialState.Preempted && board.Scores(trial).Count == check + 1) return trial;
            }
        }

        return null;
    }

    internal override IEnumerable<long> AllChecks()
    {
        for (long epoch = MinEpochs ?? 1; epoch <= int.MaxValue; epoch *= Factor ?? 3) yield return epoch;
    }
}
