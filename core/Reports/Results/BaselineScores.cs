using MusicPipeline.Reports.Statistics;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>What a baseline comes to: the one score of it, or its scores over the folds.</summary>
internal sealed class BaselineScores
{
    private BaselineScores(string name, BaselineRecord[] records)
    {
        Name = name;
        Records = records;
        Accuracy = SampleMean.Of([.. records.Select(record => record.ValidationAccuracy)]);
    }

    /// <summary>Its name, such as <c>sdca</c>.</summary>
    public string Name { get; }

    /// <summary>The name as tables and charts write it.</summary>
    public string Label => LabelOf(Name);

    /// <summary>One, or one a fold.</summary>
    public IReadOnlyList<BaselineRecord> Records { get; }

    /// <summary>Their validation accuracy.</summary>
    public SampleMean Accuracy { get; }

    /// <summary>The name of a baseline as tables and charts write it.</summary>
    public static string LabelOf(string name) => $"{name} (baseline)";

    /// <summary>The baselines with a result, in the order of the plan.</summary>
    public static IReadOnlyList<BaselineScores> Of(SweepResults sweep) =>
    [
        .. sweep.Baselines.Where(baseline => baseline.Record is not null)
            .GroupBy(baseline => baseline.Trial.Name, StringComparer.Ordinal)
            .Select(group => new BaselineScores(group.Key, [.. group.Select(baseline => baseline.Record!)])),
    ];

    /// <summary>
    /// The one of the highest mean validation accuracy; null without any. One that lacks a fold is none: its mean is over
    /// other rows than those of the others.
    /// </summary>
    public static BaselineScores? BestOf(SweepResults sweep) => Of(sweep)
        .Where(scores => scores.Records.Count == (sweep.Validation.Folds ?? 1))
        .MaxBy(scores => scores.Accuracy.Mean);
}
