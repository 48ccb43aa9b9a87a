using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Training.Models.Onnx;

namespace MusicPipeline.Training.Models;

/// <summary>Maps <see cref="ModelMetadata"/> to metadata_props and back. The order of the keys is fixed.</summary>
internal static class MetadataProps
{
    private const string Prefix = "music.";

    public static IEnumerable<StringStringEntryProto> Write(ModelMetadata metadata)
    {
        (string Key, string? Value)[] entries =
        [
            ("class_names", metadata.ClassNames is { } names ? JsonSerializer.Serialize(names, PipelineJson.Compact) : null),
            ("dataset", metadata.Dataset),
            ("dataset_version", metadata.DatasetVersion),
            ("recipe", metadata.Recipe),
            ("without_pitch", metadata.WithoutPitch?.ToString("R")),
            ("not_sure_below", metadata.NotSureBelow?.ToString("R")),
            .. HyperParameter.All.Select(parameter => (Key(parameter), Text(parameter, metadata.Parameters))),
            ("validation", metadata.Validation),
            ("loss", metadata.Scores?.Loss.ToString("R")),
            ("accuracy", metadata.Scores?.Accuracy.ToString("R")),
            ("val_loss", metadata.Scores?.ValidationLoss.ToString("R")),
            ("val_accuracy", metadata.Scores?.ValidationAccuracy.ToString("R")),
            ("trainer_version", metadata.TrainerVersion),
            ("trial_id", metadata.TrialId),
            // Last, and last in the file, so that a file that is cut off anywhere lacks it.
            ("classes", JsonSerializer.Serialize(metadata.Classes, PipelineJson.Compact)),
        ];
        return entries
            .Where(entry => entry.Value is not null)
            .Select(entry => new StringStringEntryProto { Key = Prefix + entry.Key, Value = entry.Value });
    }

    /// <summary>Reads the keys that <see cref="Write"/> writes.</summary>
    /// <exception cref="InputException">The classes are missing, or a value is not what its key calls for.</exception>
    public static ModelMetadata Read(IReadOnlyDictionary<string, string> props)
    {
        var classes = Json<long[]>(props, "classes")
            ?? throw OnnxProblem.Of($"the model has no {Prefix}classes in its metadata");
        return new ModelMetadata(classes)
        {
            ClassNames = Json<string[]>(props, "class_names"),
            Dataset = Text(props, "dataset"),
            DatasetVersion = Text(props, "dataset_version"),
            Recipe = Text(props, "recipe"),
            WithoutPitch = NumberOrNull(props, "without_pitch"),
            NotSureBelow = NumberOrNull(props, "not_sure_below"),
            Parameters = Text(props, Key(HyperParameter.LearningRate)) is null ? null : Parameters(props),
            Validation = Text(props, "validation"),
            Scores = Text(props, "loss") is null ? null : new EpochMetrics(
                Number<double>(props, "loss"),
                Number<double>(props, "accuracy"),
                Number<double>(props, "val_loss"),
                Number<double>(props, "val_accuracy")),
            TrainerVersion = Text(props, "trainer_version"),
            TrialId = Text(props, "trial_id"),
        };
    }

    private static string? Text(IReadOnlyDictionary<string, string> props, string key) => props.GetValueOrDefault(Prefix + key);

    private static double? NumberOrNull(IReadOnlyDictionary<string, string> props, string key) =>
        Text(props, key) is null ? null : Number<double>(props, key);

    private static T Number<T>(IReadOnlyDictionary<string, string> props, string key)
        where T : IParsable<T> =>
        T.TryParse(Text(props, key), null, out var value) ? value : throw Unreadable(props, key);

    private static string Key(HyperParameter parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name);

    private static string? Text(HyperParameter parameter, HyperParameters? parameters) =>
        parameters is not null && parameter.IsNamedIn(parameters) ? parameter.TextOf(parameters) : null;

    /// <summary>The hyper-parameters of the keys; options that have none are at their defaults.</summary>
    private static HyperParameters Parameters(IReadOnlyDictionary<string, string> props) => HyperParameter.All.Aggregate(
        HyperParameter.Defaults,
        (parameters, parameter) => Text(props, Key(parameter)) is null && parameter.IsOption ? parameters
            : parameter.TryParse(Text(props, Key(parameter)), out var value) ? parameter.Set(parameters, value)
            : throw Unreadable(props, Key(parameter)));

    private static T? Json<T>(IReadOnlyDictionary<string, string> props, string key)
        where T : class
    {
        if (Text(props, key) is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, PipelineJson.Compact) ?? throw Unreadable(props, key);
        }
        catch (JsonException)
        {
            throw Unreadable(props, key);
        }
    }

    private static InputException Unreadable(IReadOnlyDictionary<string, string> props, string key) =>
        OnnxProblem.Of(Text(props, key) is { } text
            ? $"the model's metadata {Prefix}{key} cannot be read: '{(text.Length > 60 ? text[..60] + "..." : text)}'"
            : $"the model's metadata has no {Prefix}{key}");
}
