using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Asks for trials at the points that the results so far make look best.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run that asks.</param>
/// <param name="Points">Points to choose, 1 or more.</param>
/// <param name="States">
/// A letter for each trial of the plan so far; see <see cref="TrialLetters"/>. One that is not to be learned from counts as waiting.
/// </param>
/// <param name="Accuracies">Last validation accuracy of each of them, 0 to 1; 0 where there is none.</param>
/// <param name="Epochs">Epochs that each of them got.</param>
public sealed record TrialsWanted(
    string SweepId, int Run, int Points, string States, IReadOnlyList<double> Accuracies, IReadOnlyList<int> Epochs);
