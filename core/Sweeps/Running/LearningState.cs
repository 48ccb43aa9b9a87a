using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps.Running;

/// <summary>What a sweep whose points depend on its results knows of its trials, as one orchestration hands it on to the next.</summary>
/// <param name="IsExhausted">Whether the space has no more points.</param>
/// <param name="Accuracies">Last validation accuracy of each trial in the plan, 0 to 1; 0 where there is none.</param>
/// <param name="Epochs">Epochs that each of them got.</param>
public sealed record LearningState(bool IsExhausted, IReadOnlyList<double> Accuracies, IReadOnlyList<int> Epochs)
{
    /// <summary>Trials in the plan.</summary>
    [JsonIgnore]
    public int Planned => Accuracies.Count;
}
