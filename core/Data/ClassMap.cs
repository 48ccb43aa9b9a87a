using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>The classes of a data set and the way from labels to class indices.</summary>
internal sealed class ClassMap
{
    private const int MaxClasses = 10_000;
    private const int Shown = 10;
    private readonly Dictionary<long, int> _indices;

    private ClassMap(long[] classes)
    {
        Classes = classes;
        _indices = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    }

    /// <summary>The sorted distinct labels.</summary>
    public long[] Classes { get; }

    /// <summary>Takes the classes from the training labels.</summary>
    /// <exception cref="InputException">There are fewer than two classes, or more than 10,000.</exception>
    public static ClassMap Of(long[] labels)
    {
        var distinct = labels.ToHashSet();
        if (distinct.Count < 2)
        {
            throw new InputException(
                $"all {labels.Length:N0} training labels are {distinct.First()}, which is one class, and a classifier needs two or more",
                "add rows of another class");
        }

        if (distinct.Count > MaxClasses)
        {
            throw new InputException(
                $"the {labels.Length:N0} training labels have {distinct.Count:N0} distinct values, "
                + $"and at most {MaxClasses:N0} classes are taken",
                "check that the labels are classes, not measurements or row numbers");
        }

        return new ClassMap([.. distinct.Order()]);
    }

    /// <summary>Class index of each label.</summary>
    /// <exception cref="InputException">A label is no class.</exception>
    public int[] Indices(long[] labels)
    {
        var indices = new int[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if (!_indices.TryGetValue(labels[i], out indices[i])) throw Unknown(labels);
        }

        return indices;
    }

    /// <summary>Rows of each class.</summary>
    public int[] Count(int[] indices)
    {
        var rows = new int[Classes.Length];
        foreach (var index in indices) rows[index]++;
        return rows;
    }

    private InputException Unknown(long[] labels)
    {
        var strangers = labels.Where(label => !_indices.ContainsKey(label)).ToArray();
        return new InputException(
            $"{strangers.Length:N0} of {labels.Length:N0} test labels are {List([.. strangers.Distinct().Order()])}, "
            + $"which no training row has (its labels are {List(Classes)})",
            "add training rows of these classes or leave the test rows out");
    }

    private static string List(long[] labels) => labels.Length <= Shown
        ? string.Join(", ", labels)
        : $"{string.Join(", ", labels.Take(Shown))} and {labels.Length - Shown:N0} more";
}
