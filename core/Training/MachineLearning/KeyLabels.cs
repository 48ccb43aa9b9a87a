using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>The classes of a key column.</summary>
/// <param name="Type">The key type; key 1 is class index 0.</param>
/// <param name="Annotations">The column's KeyValues, where it has them.</param>
/// <param name="Names">Text of each key's value; null where the column has no KeyValues.</param>
/// <param name="Values">The keys' values where they are integers, 1 to count otherwise.</param>
internal sealed record KeyLabels(
    KeyDataViewType Type, DataViewSchema.Annotations Annotations, string[]? Names, long[] Values)
{
    public const string KeyValues = "KeyValues";

    public int Count => (int)Type.Count;

    /// <summary>Whether the names say more than <see cref="Values"/>.</summary>
    public bool AreNamed => Names is not null && !Names.SequenceEqual(Values.Select(value => value.ToString()));

    public static KeyLabels Of(DataViewSchema.Column column)
    {
        var type = (KeyDataViewType)column.Type;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(column.Annotations, kind => kind == KeyValues);
        var annotations = builder.ToAnnotations();
        var names = ReadNames(annotations);
        if (names?.Length != (int)type.Count) names = null;
        var parsed = names?.Select(name => long.TryParse(name, out var value) ? value : (long?)null).OfType<long>().Distinct().ToArray();
        var values = parsed?.Length == names?.Length && parsed is not null
            ? parsed
            : [.. Enumerable.Range(1, (int)type.Count)];
        return new KeyLabels(type, annotations, names, values);
    }

    private static string[]? ReadNames(DataViewSchema.Annotations annotations)
    {
        if (annotations.Schema.GetColumnOrNull(KeyValues)?.Type is not VectorDataViewType { ItemType.RawType: var type }) return null;
        if (type == typeof(ReadOnlyMemory<char>)) return Read<ReadOnlyMemory<char>>(annotations);
        if (type == typeof(int)) return Read<int>(annotations);
        if (type == typeof(long)) return Read<long>(annotations);
        if (type == typeof(float)) return Read<float>(annotations);
        if (type == typeof(double)) return Read<double>(annotations);
        if (type == typeof(bool)) return Read<bool>(annotations);
        if (type == typeof(byte)) return Read<byte>(annotations);
        if (type == typeof(sbyte)) return Read<sbyte>(annotations);
        if (type == typeof(short)) return Read<short>(annotations);
        if (type == typeof(ushort)) return Read<ushort>(annotations);
        if (type == typeof(uint)) return Read<uint>(annotations);
        if (type == typeof(ulong)) return Read<ulong>(annotations);
        return null;
    }

    private static string[] Read<T>(DataViewSchema.Annotations annotations)
    {
        var values = default(VBuffer<T>);
        annotations.GetValue(KeyValues, ref values);
        return [.. values.DenseValues().Select(value => value?.ToString() ?? "")];
    }
}
