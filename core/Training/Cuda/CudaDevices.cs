using System.Diagnostics.CodeAnalysis;

namespace MusicPipeline.Training.Cuda;

/// <summary>Finds the GPU of this machine.</summary>
public static class CudaDevices
{
    /// <summary>Opens the first usable NVIDIA GPU. Whoever opened it disposes it; a process needs one alone.</summary>
    /// <param name="device">The device, which is <see cref="IDisposable"/>; null where there is none.</param>
    /// <param name="reason">
    /// One sentence: what stands in the way, in the driver's words where it spoke, or, of a device, its name and its driver.
    /// </param>
    public static bool TryOpen([NotNullWhen(true)] out ITrainingDevice? device, out string reason)
    {
        device = null;
        reason = CudaDriver.HasDevice(out var complaint) ? "This build has no kernels for a GPU." : complaint;
        return false;
    }
}
