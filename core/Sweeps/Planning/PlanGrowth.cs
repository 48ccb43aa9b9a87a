using MusicPipeline.Sweeps.Search;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What a plan has beside its trials where its points depend on results: it grows while the sweep runs.</summary>
/// <param name="Since">When the sweep was asked for: one that was deleted and is asked for again may come to other points.</param>
/// <param name="Points">Points that the sampler has proposed so far.</param>
/// <param name="Trials">Trials that the sweep is to have in all.</param>
/// <param name="Known">
/// What other sweeps on the same data and rows had on record when this one began. The sampler learns from it, and since it
/// stays as it was a sweep that is resumed proposes what it would have proposed.
/// </param>
public sealed record PlanGrowth(DateTimeOffset Since, int Points, int Trials, IReadOnlyList<Observation> Known);
