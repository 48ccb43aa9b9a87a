using MusicPipeline.Data;

namespace MusicPipeline.Uploads;

/// <summary>A version of a data set in one sentence, for whoever uploaded it.</summary>
internal static class DatasetSentence
{
    private const int Shown = 5;

    /// <summary>Its rows, features and classes, and which features tell nothing apart.</summary>
    public static string Of(DatasetInfo info) =>
        $"{info.Name} is at version {info.Version}: {info.Train.Rows} training and {info.Test.Rows} test rows of "
        + $"{info.Features} {(info.Features == 1 ? "feature" : "features")}, "
        + $"{info.Classes.Length} classes{Constant(info.ConstantFeatures ?? [])}.";

    private static string Constant(IReadOnlyList<int> columns)
    {
        if (columns.Count == 0) return "";
        var shown = string.Join(", ", columns.Take(Shown));
        var more = columns.Count > Shown ? $" and {columns.Count - Shown} more" : "";
        return columns.Count == 1
            ? $"; feature {shown} (counted from 0) is the same in all training rows"
            : $"; {columns.Count} features ({shown}{more}, counted from 0) are each the same in all training rows";
    }
}
