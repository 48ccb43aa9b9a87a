using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>Finds the columns that the trainer and the model read, and checks their types.</summary>
internal static class InputColumns
{
    /// <exception cref="ArgumentException">The column is missing or no key of two or more values.</exception>
    public static DataViewSchema.Column Label(DataViewSchema schema, string name)
    {
        var column = Find(schema, name, "label");
        return column.Type is KeyDataViewType { RawType: var raw, Count: >= 2 and <= int.MaxValue } && raw == typeof(uint)
            ? column
            : throw Mismatch(column, "label", "a key of two or more values; MapValueToKey makes one");
    }

    /// <exception cref="ArgumentException">The column is missing or no vector of float of known size.</exception>
    public static DataViewSchema.Column Features(DataViewSchema schema, string name, int? size = null)
    {
        var column = Find(schema, name, "feature");
        return column.Type is VectorDataViewType { IsKnownSize: true } vector
            && vector.ItemType == NumberDataViewType.Single
            && (size is null || vector.Size == size)
            ? column
            : throw Mismatch(
                column,
                "feature",
                size is null ? "a vector of Single of known size; Concatenate makes one" : $"a vector of {size} Single, as in training");
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            nameof(schema),
            $"There is no {role} column '{name}'; the columns are {string.Join(", ", schema.Select(column => column.Name))}.");

    private static ArgumentOutOfRangeException Mismatch(DataViewSchema.Column column, string role, string expected) =>
        new(nameof(column), $"The {role} column '{column.Name}' is {column.Type}; it must be {expected}.");
}
