using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>The classes of a key column.</summary>
internal sealed class KeyLabels
{
    private const string KeyValues = "KeyValues";

    private KeyLabels(DataViewSchema.Column column)
    {
        Type = (KeyDataViewType)column.Type;
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues) is { Type: VectorDataViewType { Size: var size } type } && size == Count)
            (ValuesType, ValuesGetter, Names) = (type, Getter(column.Annotations, type.ItemType.RawType, out var names), names);
        var numbers = Names?.Select(name => long.TryParse(name, out var number) ? number : (long?)null).OfType<long>().Distinct().ToArray();
        Values = numbers?.Length == Count ? numbers : [.. Enumerable.Range(1, Count)];
    }

    /// <summary>The key type; key 1 is class index 0.</summary>
    public KeyDataViewType Type { get; }

    /// <summary>Number of classes.</summary>
    public int Count => (int)Type.Count;

    /// <summary>Type of the KeyValues annotation, or null where the column has none.</summary>
    public DataViewType? ValuesType { get; }

    /// <summary>Getter of the KeyValues annotation.</summary>
    public Delegate? ValuesGetter { get; }

    /// <summary>Text of each key's value, or null where the column has no KeyValues.</summary>
    public string[]? Names { get; }

    /// <summary>The keys' values where they are distinct integers, 1 to count otherwise.</summary>
    public long[] Values { get; }

    /// <summary>Whether the names say more than <see cref="Values"/>.</summary>
    public bool AreNamed => Names is not null && !Names.SequenceEqual(Values.Select(value => value.ToString()));

    public static KeyLabels Of(DataViewSchema.Column column) => new(column);

    private static Delegate Getter(DataViewSchema.Annotations annotations, Type itemType, out string[] names)
    {
        // ML.NET's getters are generic in a type that is only known from the schema.
        object?[] arguments = [annotations, null];
        var getter = typeof(KeyLabels).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(itemType).Invoke(null, arguments)!;
        names = (string[])arguments[1]!;
        return (Delegate)getter;
    }

    private static ValueGetter<VBuffer<T>> Read<T>(DataViewSchema.Annotations annotations, out string[] names)
    {
        var values = default(VBuffer<T>);
        annotations.GetValue(KeyValues, ref values);
        names = [.. values.DenseValues().Select(value => value?.ToString() ?? "")];
        return (ref VBuffer<T> target) => values.CopyTo(ref target);
    }
}
