namespace MusicPipeline.Sweeps.Results;

/// <summary>A baseline that could not be trained.</summary>
/// <param name="Index">Its position among the plan's baselines.</param>
/// <param name="Reason">One sentence.</param>
public sealed record BaselineFault(int Index, string Reason);
