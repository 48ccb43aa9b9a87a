using System.Runtime.InteropServices;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>The body of <c>GET /api/system</c>: what the worker that answers says of itself.</summary>
/// <param name="Version">Which version runs.</param>
/// <param name="Device">What it trains on where a sweep does not say, or why it cannot.</param>
/// <param name="ParallelTrials">Trials of one sweep at once.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="MemoryBytes">Memory that it may use.</param>
/// <param name="UploadMegabytes">The longest file that is taken over HTTP.</param>
/// <param name="Platform">Its operating system and runtime.</param>
public sealed record SystemView(
    string Version, string Device, int ParallelTrials, int Cores, long MemoryBytes, int UploadMegabytes, string Platform)
{
    /// <summary>Asks this worker.</summary>
    internal static SystemView Of(ITrainingDevices devices, SweepCapacity capacity, UploadLimit limit) => new(
        HealthCheck.Version,
        DeviceOf(devices),
        capacity.ParallelTrials,
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        limit.Megabytes,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    private static string DeviceOf(ITrainingDevices devices)
    {
        try
        {
            return devices.Choose(null).Capacity.Device;
        }
        catch (Exception exception)
        {
            // Whatever keeps a device from being used is what the reader looks for here.
            return exception.Message;
        }
    }
}
