using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MusicPipeline.Errors;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Another pruner with patience, as Optuna's PatientPruner: a trial ends where the other would end it and its score has not
/// improved for some epochs. Where the other has checks, those are the epochs from the check of its best score to the last one.
/// </summary>
public sealed record PatientPruner() : Pruner("patient", "as another pruner says, but no trial that still improves")
{
    /// <summary>Epochs without an improvement.</summary>
    [Description("epochs without an improvement"), Range(1, Most), DefaultValue(5)]
    public int? Patience { get; init; }

    /// <summary>The other pruner. Required.</summary>
    [Description("the pruner that must agree")]
    public Pruner? Inner { get; init; }

    /// <inheritdoc/>
    public override bool IsPruned(TrialBoard board, int trial) => HasStalled(board, trial) && Inner!.IsPruned(board, trial);

    /// <inheritdoc/>
    public override int? Promote(TrialBoard board) => Inner!.Promote(board) ?? FirstThatImproves(board);

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> scores) =>
        scores.Count > 0 && scores.Count - 1 - PatiencePruner.Best(scores, 0) >= Epochs && Inner!.Stops(scores);

    internal override Objective ComparedBy => Inner!.ComparedBy;

    internal override Pruner By(Objective objective) => this with { Inner = Inner!.By(objective) };

    internal override bool EndsByPausing => Inner!.EndsByPausing;

    private int Epochs => Patience ?? 5;

    internal override IEnumerable<long> AllChecks() => Inner!.AllChecks();

    internal override void Check(string field)
    {
        base.Check(field);
        var inner = $"{field}.inner";
        if (Inner is not { Prunes: true })
        {
            throw new InputException("the pruner 'patient' needs an inner pruner", "give one that ends trials, such as median")
            {
                Field = inner,
            };
        }

        Inner.Check(inner);
    }

    private int? FirstThatImproves(TrialBoard board)
    {
        for (var trial = 0; trial < board.Count; trial++)
        {
            if (board[trial] == TrialState.Preempted && !HasStalled(board, trial)) return trial;
        }

        return null;
    }

    private bool HasStalled(TrialBoard board, int trial)
    {
        double[] scores = [.. board.Scores(trial)];
        if (scores.Length == 0) return false;
        long[] checks = [.. AllChecks().Take(scores.Length)];
        return checks[^1] - checks[PatiencePruner.Best(scores, 0)] >= Epochs;
    }
}
