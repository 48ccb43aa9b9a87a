using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>What the arrays of a data set keep to beyond their own types and shapes; errors name the file.</summary>
internal static class DatasetRules
{
    /// <summary>An array has a row or more.</summary>
    /// <exception cref="InputException">It has none.</exception>
    public static void CheckNotEmpty(long rows, string file)
    {
        if (rows == 0) throw new InputException("it has no rows", "upload at least one row of each class", file);
    }

    /// <summary>Each row has a label.</summary>
    /// <exception cref="DatasetMisfitException">There are more rows or more labels.</exception>
    public static void CheckRows(long rows, string dataFile, long labels, string labelsFile)
    {
        if (rows == labels) return;
        throw new DatasetMisfitException(
            $"it has {labels:N0} labels, but {dataFile} has {rows:N0} rows",
            "upload the labels that belong to these rows",
            labelsFile,
            dataFile);
    }

    /// <summary>Training and test rows are of the same features.</summary>
    /// <exception cref="DatasetMisfitException">They have other numbers of features.</exception>
    public static void CheckFeatures(long train, string trainFile, long test, string testFile)
    {
        if (train == test) return;
        throw new DatasetMisfitException(
            $"its rows have {test:N0} features, but those of {trainFile} have {train:N0}",
            "compute both with the same features",
            testFile,
            trainFile);
    }

    /// <summary>The classes, from the training labels.</summary>
    /// <exception cref="InputException">There are no labels, fewer than two classes, or more than 10,000.</exception>
    public static ClassMap Classes(long[] train, string file)
    {
        CheckNotEmpty(train.Length, file);
        try
        {
            return ClassMap.Of(train);
        }
        catch (InputException exception)
        {
            throw exception.About(file);
        }
    }

    /// <summary>Class index of each test label.</summary>
    /// <exception cref="DatasetMisfitException">A label is no class.</exception>
    public static int[] TestIndices(ClassMap classes, string trainFile, long[] test, string testFile)
    {
        try
        {
            return classes.Indices(test);
        }
        catch (InputException exception)
        {
            throw new DatasetMisfitException(exception.Problem, exception.Remedy, testFile, trainFile);
        }
    }
}
