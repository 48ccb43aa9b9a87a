using MusicPipeline.Training;

namespace MusicPipeline.Hosting;

/// <summary>Opens the GPU of this machine.</summary>
/// <param name="complaint">Why there is none, in the driver's words; empty where there is one.</param>
/// <returns>The device, or null.</returns>
internal delegate ITrainingDevice? OpenGpu(out string complaint);
