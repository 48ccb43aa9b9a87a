namespace MusicPipeline.Reports.Charts;

/// <summary>What plays when in a recording, as its page shows it.</summary>
/// <param name="Sentence">The whole recording's label in words.</param>
/// <param name="Notes">The notes in their order.</param>
public sealed record PlayerLabels(string Sentence, IReadOnlyList<PlayerNote> Notes);

/// <summary>A note that can be played by itself.</summary>
/// <param name="Start">When it begins, in seconds.</param>
/// <param name="End">When it ends, in seconds.</param>
/// <param name="Label">What plays.</param>
/// <param name="Probability">How probable that is, 0 to 1; null where that means nothing.</param>
public sealed record PlayerNote(double Start, double End, string Label, double? Probability);
