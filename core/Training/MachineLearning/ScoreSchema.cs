using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>The schema of scored data: the input's columns, then the three that the model adds.</summary>
internal static class ScoreSchema
{
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string PredictedLabel = "PredictedLabel";

    private const string SetId = "ScoreColumnSetId";

    public static DataViewSchema Extend(DataViewSchema input, KeyLabels labels)
    {
        var scores = new VectorDataViewType(NumberDataViewType.Single, labels.Count);
        var set = NextSet(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(PredictedLabel, labels.Type, Annotations(PredictedLabel, set, a => AddValues(a, "KeyValues", labels)));
        builder.AddColumn(Score, scores, Annotations(Score, set, a => AddSlotNames(a, labels)));
        builder.AddColumn(Probability, scores, Annotations(Probability, set, a => AddSlotNames(a, labels)));
        return builder.ToSchema();
    }

    private static DataViewSchema.Annotations Annotations(string kind, uint set, Action<DataViewSchema.Annotations.Builder> add)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        add(builder);
        builder.Add(SetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint value) => value = set);
        builder.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        builder.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, kind.AsMemory());
        return builder.ToAnnotations();
    }

    private static void AddValues(DataViewSchema.Annotations.Builder builder, string kind, KeyLabels labels)
    {
        if (labels.ValuesType is { } type) builder.Add(kind, type, labels.ValuesGetter!);
    }

    private static void AddSlotNames(DataViewSchema.Annotations.Builder builder, KeyLabels labels)
    {
        AddValues(builder, "TrainingLabelValues", labels);
        if (labels.Names is not { } names) return;
        builder.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, Array.ConvertAll(names, name => name.AsMemory())));
    }

    /// <summary>Columns of one scorer share a number, one higher than any that is there.</summary>
    private static uint NextSet(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(SetId)?.Type is not KeyDataViewType { RawType: var raw } || raw != typeof(uint))
                continue;
            uint set = 0;
            column.Annotations.GetValue(SetId, ref set);
            highest = Math.Max(highest, set);
        }

        return highest + 1;
    }
}
