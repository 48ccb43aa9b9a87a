using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Says how much a worker takes at once; it runs where trials are trained.</summary>
public sealed class DescribeDeviceActivity(IArtifactStore store, ITrainingDevices devices)
{
    /// <summary>The capacity of the device that the sweep asks for.</summary>
    /// <exception cref="Errors.InputException">There is no such sweep, or this worker lacks the device.</exception>
    public async Task<DeviceCapacity> RunAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(sweepId, cancellationToken);
        return devices.Choose(document.Current.Device).Capacity;
    }
}
