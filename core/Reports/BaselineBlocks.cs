using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports;

/// <summary>What the report says of the baselines beside their rows in the tables.</summary>
internal static class BaselineBlocks
{
    public static IEnumerable<Block> Of(SweepResults sweep)
    {
        if (sweep.Baselines.Count == 0) yield break;
        yield return new Heading(3, "Against the baselines");
        var names = sweep.Baselines.Select(baseline => baseline.Trial.Name).Distinct(StringComparer.Ordinal).ToArray();
        var items = new List<IReadOnlyList<Span>>();
        if (NetworkAgainstBaselines.Of(sweep) is { } comparison)
            items.AddRange(comparison.Sentences().Select(sentence => (IReadOnlyList<Span>)[sentence]));
        items.Add(
            ["ML.NET's own trainers with their default options, on the same rows: "
                + $"{string.Join("; ", names.Select(name => $"{name}, {Describe(name)}"))}. They compete with the winner here alone: "
                + "the best model and the test score are the network's."]);
        items.AddRange(sweep.Baselines.Where(baseline => baseline.Record is null).Select(baseline => (IReadOnlyList<Span>)
            [$"{ReportText.Sentence(baseline.Trial.Name)}{(baseline.Trial.Validation.Fold is { } fold ? $" on fold {fold}" : "")} has no "
                + $"result: {baseline.Reason?.TrimEnd('.')}."]));
        yield return new BulletList(items);
    }

    private static string Describe(string name) => name switch
    {
        "sdca" => "a linear softmax trained by dual coordinate ascent",
        "lbfgs" => "a linear softmax trained by L-BFGS",
        "naive-bayes" => "naive Bayes on the features' signs",
        "perceptron" => "averaged perceptrons, one class against all",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The report knows no such baseline."),
    };
}
