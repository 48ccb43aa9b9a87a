using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;

namespace MusicPipeline.Data;

/// <summary>Makes a checked, standardized, versioned data set.</summary>
public static class DatasetBuilder
{
    // Part of every version: raise it when the same arrays would end in another data set.
    private const string Format = "1";
    private const int VersionDigits = 16;

    /// <summary>Makes a data set of four uploaded arrays.</summary>
    /// <exception cref="InputException">The arrays make no data set; the message has the file, the numbers and a remedy.</exception>
    public static async Task<Dataset> BuildAsync(
        string name, DatasetUploads uploads, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        return await BuildAsync(name, await UploadedArrays.ReadAsync(uploads, cancellationToken), cancellationToken);
    }

    /// <summary>Makes a data set of rows; standardizes them in place, so that no second copy of them is held.</summary>
    /// <exception cref="InputException">The rows make no data set; the message has the part, the numbers and a remedy.</exception>
    public static async Task<Dataset> BuildAsync(string name, IRowSource source, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        var features = source.Features;
        var train = await RowBlock.JoinAsync(source.ReadTrainAsync(cancellationToken));
        var test = await RowBlock.JoinAsync(source.ReadTestAsync(cancellationToken));
        DatasetRules.CheckNotEmpty(test.Labels.Length, source.NameOf(DatasetRole.TestData));
        var trainLabels = source.NameOf(DatasetRole.TrainLabels);
        var classes = DatasetRules.Classes(train.Labels, trainLabels);
        var trainIndices = classes.Indices(train.Labels);
        var testIndices = DatasetRules.TestIndices(classes, trainLabels, test.Labels, source.NameOf(DatasetRole.TestLabels));

        var scaler = Standardization.Fit(train.Features, features);
        var constant = Standardization.ConstantFeatures(scaler, train.Features);
        Standardize(scaler, train.Features, source.NameOf(DatasetRole.TrainData));
        Standardize(scaler, test.Features, source.NameOf(DatasetRole.TestData));

        string[]? names = source.ClassNames is { } known ? [.. classes.Classes.Select(label => known[label])] : null;
        var info = new DatasetInfo(
            name,
            VersionOf(source, names, train, test),
            features,
            classes.Classes,
            new DatasetPartInfo(train.Labels.Length, classes.Count(trainIndices)),
            new DatasetPartInfo(test.Labels.Length, classes.Count(testIndices)),
            source.Sources,
            constant.Length > 0 ? constant : null,
            names,
            source.Groups,
            source.Recipe,
            source.TrainCopies > 0 ? source.TrainCopies : null,
            source.WithoutPitch);
        var units = source.Groups is { } groups ? DatasetGroup.Units(groups) : null;
        return new Dataset(
            info,
            new LabelledRows(train.Features, features, trainIndices) { Groups = GroupsOf(train, units), Copies = source.TrainCopies },
            new LabelledRows(test.Features, features, testIndices) { Groups = GroupsOf(test, units) },
            scaler);
    }

    private static RowGroups? GroupsOf(RowBlock rows, int[]? units) => units is null
        ? null
        : new RowGroups(rows.Groups ?? throw new ArgumentException("The rows have no groups, and their source has.", nameof(rows)), units);

    private static void CheckName(string name)
    {
        if (DatasetFileName.Fault(name) is { } fault)
            throw new InputException($"the data set's name {fault}", "use letters, digits, '-', '_', '.' and spaces", name);
    }

    private static void Standardize(Scaler scaler, float[] values, string subject)
    {
        Standardization.Apply(scaler, values);
        if (FeatureMatrix.AllFinite(values)) return;
        var (row, column) = Math.DivRem(Array.FindIndex(values, value => !float.IsFinite(value)), scaler.Mean.Length);
        throw new InputException(
            $"row {row}, column {column} (counted from 0) becomes infinite when standardized by the training rows' "
            + $"mean {scaler.Mean[column]} and deviation {scaler.Deviation[column]}",
            "correct the value or leave the feature out",
            subject);
    }

    // Names, groups and the recipe count where there are any: a class that is called otherwise makes another version.
    private static string VersionOf(IRowSource source, IEnumerable<string>? classNames, RowBlock train, RowBlock test)
    {
        IEnumerable<string> content = [.. source.Sources.Select(array => array.Sha256), .. classNames ?? []];
        if (source.Groups is { } groups)
        {
            content =
            [
                .. content, "groups", .. groups.Select(group => JsonSerializer.Serialize(group, PipelineJson.Compact)),
                string.Join(',', train.Groups ?? []), string.Join(',', test.Groups ?? []),
            ];
        }

        if (source.Recipe is { } recipe) content = [.. content, "recipe=" + recipe];
        if (source.TrainCopies > 0) content = [.. content, $"copies={source.TrainCopies}"];
        var text = "format=" + Format + "\n" + string.Join('\n', content);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..VersionDigits];
    }
}
