namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// A <see cref="TrialBoard"/> as it is handed on, such as from one orchestration to the next. In JSON some ten characters
/// a check, and one a trial.
/// </summary>
/// <param name="Stages">One letter a trial: <c>w r p x c f</c> in the order of <see cref="TrialStage"/>.</param>
/// <param name="Scores">Scores of each trial at the checks that it has passed; trailing trials without any are left out.</param>
public sealed record TrialBoardState(string Stages, IReadOnlyList<float[]> Scores);
