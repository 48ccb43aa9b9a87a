namespace MusicPipeline.Training;

/// <summary>What trials are to be trained on. It changes no trial's name: results of either device count for both.</summary>
public enum DeviceChoice
{
    /// <summary>The GPU where a worker has one that works, its processor elsewhere.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The GPU; a worker without one refuses.</summary>
    Cuda,
}
