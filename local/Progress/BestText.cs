using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;

namespace MusicPipeline.Local.Progress;

/// <summary>The figure of a best trial in words, for the terminal.</summary>
internal static class BestText
{
    /// <summary><c>validation accuracy 96.80 %</c>, or the figure of the sweep's objective.</summary>
    public static string Of(BestTrial best) => best is { Objective: { } objective, Value: { } value }
        ? $"{objective.Words()} {value.ToString(objective == Objective.Loss ? "F4" : "P2")}"
        : $"validation accuracy {best.ValidationAccuracy:P2}";
}
