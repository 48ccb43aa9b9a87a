namespace MusicPipeline.Training;

/// <summary>How much a device takes at once, as a worker says of itself.</summary>
/// <param name="Device">Name of the device: <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="MaxTrials">Most trials that one call trains side by side; 1 on a core of the processor.</param>
/// <param name="MemoryBytes">Memory in bytes that a pack and its data set may fill together; 0 where packs do not matter.</param>
public sealed record DeviceCapacity(string Device, int MaxTrials, long MemoryBytes)
{
    /// <summary>A device that trains one trial after the other.</summary>
    public static DeviceCapacity OneTrial(string device) => new(device, 1, 0);
}
