using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Data;
using MusicPipeline.Errors;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>Reads the labelled rows of a data view into memory.</summary>
internal static class TrainingRows
{
    /// <exception cref="InputException">No row has a label, or features are not finite.</exception>
    public static LabelledRows Read(IDataView input, DataViewSchema.Column label, DataViewSchema.Column features)
    {
        var size = ((VectorDataViewType)features.Type).Size;
        var labels = new List<int>();
        var values = new float[Math.Max(1, input.GetRowCount() ?? 256) * size];
        using var cursor = input.GetRowCursor([label, features]);
        var getLabel = cursor.GetGetter<uint>(label);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        var row = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            uint key = 0;
            getLabel(ref key);
            // Key 0 stands for a missing value.
            if (key == 0) continue;
            getFeatures(ref row);
            var used = labels.Count * size;
            if (used + size > values.Length)
                Array.Resize(ref values, Math.Max(used + size, (int)Math.Min((long)values.Length * 2, Array.MaxLength)));
            var target = values.AsSpan(used, size);
            row.CopyTo(target);
            CheckFinite(target, cursor.Position, features.Name);
            labels.Add((int)key - 1);
        }

        if (labels.Count == 0)
            throw new InputException($"no row has a value in the label column '{label.Name}'", "give rows with labels");
        Array.Resize(ref values, labels.Count * size);
        return new LabelledRows(values, size, [.. labels]);
    }

    private static void CheckFinite(ReadOnlySpan<float> row, long position, string column)
    {
        foreach (var value in row)
        {
            if (!float.IsFinite(value))
            {
                throw new InputException(
                    $"row {position} of the feature column '{column}' holds {value}", "replace or drop missing values before training");
            }
        }
    }
}
