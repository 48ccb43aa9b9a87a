using System.Collections.Frozen;

namespace MusicPipeline.Architecture.Tests;

/// <summary>Which namespaces of core may use which, and which libraries. What is not written here is forbidden.</summary>
internal static class Layers
{
    /// <summary>The namespace that all of core lies under.</summary>
    public const string Root = "MusicPipeline.";

    /// <summary>
    /// Each layer with the layers it may use; a namespace belongs to the longest entry that it starts with. Sweeps are
    /// five layers: what is trained, its report, what a sweep is, the activities, and the orchestration on top.
    /// </summary>
    public static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Errors"] = [],
        ["Json"] = [],
        ["Storage"] = ["Errors", "Json"],
        ["Audio"] = ["Errors"],
        ["Arrays"] = ["Errors"],
        ["Datasets"] = ["Arrays", "Errors", "Json", "Storage"],
        ["Training"] = ["Datasets"],
        ["Models"] = ["Datasets", "Errors", "Json", "Training"],
        ["Training.Cuda"] = ["Datasets", "Training"],
        // The trainer's ML.NET face scores through a model.
        ["Training.MachineLearning"] = ["Datasets", "Errors", "Models", "Training"],
        ["Charts"] = ["Audio"],
        // Spaces, samplers and pruners: rules without input or output.
        ["Sweeps.Search"] = ["Training"],
        // What is trained, and what came of it.
        ["Sweeps.Trials"] = ["Datasets", "Models", "Training", "Training.MachineLearning"],
        // Of ML.NET's face its baselines: their names, and training them.
        ["Sweeps"] = ["Datasets", "Errors", "Json", "Storage", "Sweeps.Search", "Sweeps.Trials", "Training", "Training.MachineLearning"],
        ["Sweeps.Reports"] = ["Charts", "Datasets", "Models", "Sweeps.Search", "Sweeps.Trials", "Training"],
        ["Sweeps.Activities"] =
            ["Charts", "Datasets", "Errors", "Json", "Models", "Storage", "Sweeps", "Sweeps.Reports", "Sweeps.Search", "Sweeps.Trials", "Training", "Training.MachineLearning"],
        // Training for what a worker says of its device; devices themselves are beyond its reach.
        ["Sweeps.Orchestration"] = ["Sweeps", "Sweeps.Activities", "Sweeps.Search", "Sweeps.Trials", "Training"],
        ["Uploads"] = ["Arrays", "Audio", "Charts", "Datasets", "Errors", "Storage"],
        ["Hosting"] = ["Api", "Datasets", "Errors", "Sweeps", "Sweeps.Activities", "Sweeps.Trials", "Training", "Training.Cuda", "Uploads"],
        // Data sets and uploads for the names of their files, which are handed out like those of sweeps.
        ["Api"] = ["Arrays", "Datasets", "Errors", "Json", "Models", "Storage", "Sweeps", "Uploads"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Libraries, by the start of their namespaces, with the layers that may use them.</summary>
    public static readonly FrozenDictionary<string, string[]> Libraries = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Azure."] = ["Storage"],
        ["ScottPlot"] = ["Charts", "Sweeps.Reports"],
        ["SkiaSharp"] = ["Charts"],
        ["ProtoBuf"] = ["Models"],
        ["Microsoft.ML.OnnxRuntime"] = ["Models"],
        ["Microsoft.ML"] = ["Training.MachineLearning"],
        ["ILGPU"] = ["Training.Cuda"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The layer of a namespace of core, or null where the map has none.</summary>
    public static string? Of(string space)
    {
        if (!space.StartsWith(Root, StringComparison.Ordinal)) return null;
        var name = space[Root.Length..];
        return Allowed.Keys
            .Where(layer => name == layer || name.StartsWith(layer + ".", StringComparison.Ordinal))
            .MaxBy(layer => layer.Length);
    }
}
