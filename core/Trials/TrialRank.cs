namespace MusicPipeline.Trials;

/// <summary>What completed trials, and means of them, are ranked by.</summary>
/// <param name="Accuracy">Last validation accuracy, 0 to 1; the highest comes first.</param>
/// <param name="Loss">Last validation loss; among equals the lowest.</param>
/// <param name="Parameters">Trained parameters; among equals still the fewest.</param>
public readonly record struct TrialRank(double Accuracy, double Loss, long Parameters)
{
    /// <summary>Sorts the best first; of equals in all three the one that was asked for first stays first in a stable order.</summary>
    public static readonly IComparer<TrialRank> BestFirst = Comparer<TrialRank>.Create((one, other) =>
        other.Accuracy.CompareTo(one.Accuracy) is not 0 and var accuracy ? accuracy
        : one.Loss.CompareTo(other.Loss) is not 0 and var loss ? loss
        : one.Parameters.CompareTo(other.Parameters));

    /// <summary>
    /// Whether a trial is better than another, in whatever order they end: of equals the one that was asked for first is.
    /// </summary>
    /// <param name="index">Position of the trial in the plan.</param>
    /// <param name="other">The rank of the other one.</param>
    /// <param name="otherIndex">Its position.</param>
    public bool IsBetter(int index, TrialRank other, int otherIndex) =>
        BestFirst.Compare(this, other) is var order && (order < 0 || (order == 0 && index < otherIndex));

    /// <summary>The rank of a trial that completed.</summary>
    public static TrialRank Of(TrialRecord record) => new(record.Last!.ValidationAccuracy, record.Last.ValidationLoss, record.ParameterCount);
}
