namespace MusicPipeline.GpuCheck;

/// <summary>What a check found.</summary>
/// <param name="Name">The check.</param>
/// <param name="Passed">Whether it is as it should be.</param>
/// <param name="Detail">What was measured.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Outcome(string Name, bool Passed, string Detail, double Seconds);
