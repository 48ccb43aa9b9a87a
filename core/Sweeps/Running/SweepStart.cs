using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Running;

/// <summary>A sweep that is to be planned for the workers that will train it.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Device">How much a worker takes at once, as one of them has said.</param>
public sealed record SweepStart(string SweepId, DeviceCapacity Device);
