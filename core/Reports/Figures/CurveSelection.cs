using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Figures;

/// <summary>Which curves of many a chart names, and which it draws in grey behind them.</summary>
/// <param name="Named">In the order of the study's values.</param>
/// <param name="Grey">In the background.</param>
/// <param name="Total">Trials with a curve.</param>
internal sealed record CurveSelection(IReadOnlyList<FinishedTrial> Named, IReadOnlyList<FinishedTrial> Grey, int Total)
{
    private const int MostNamed = 12;
    private const int NamedOfMany = 10;
    private const int MostGrey = 150;

    /// <summary>All of up to twelve; of more, the ten best by the objective, and at most 150 of the others.</summary>
    public static CurveSelection Of(IReadOnlyList<FinishedTrial> trials, Objective objective)
    {
        var drawable = trials.Where(t => t.History.Epochs > 0).ToArray();
        if (drawable.Length <= MostNamed) return new CurveSelection(InOrder(trials.Take(MostNamed)), [], drawable.Length);

        var ranked = drawable
            .OrderBy(t => t.Record.Outcome)
            .ThenBy(
                t => t.Record.Last is null
                    ? new TrialRank(double.NegativeInfinity, double.MaxValue, 0)
                    : TrialRank.Of(t.Record, objective),
                TrialRank.BestFirst)
            .ToArray();
        var others = ranked[NamedOfMany..];
        var stride = (others.Length + MostGrey - 1) / MostGrey;
        return new CurveSelection(InOrder(ranked.Take(NamedOfMany)), [.. others.Where((_, i) => i % stride == 0)], drawable.Length);
    }

    /// <summary>What the grey lines are, or nothing.</summary>
    public string Footnote => Grey.Count == 0 ? "" :
        Grey.Count + Named.Count == Total
            ? $"Grey: the other {Grey.Count:N0} trials"
            : $"Grey: {Grey.Count:N0} of {Total - Named.Count:N0} others";

    private static FinishedTrial[] InOrder(IEnumerable<FinishedTrial> trials) => [.. trials
        .OrderBy(t => t.Record.Trial.Parameters.LearningRate)
        .ThenBy(t => t.Record.Trial.Parameters.HiddenUnits)
        .ThenBy(t => t.Record.Trial.Parameters.Epochs)];
}
