namespace MusicPipeline.Training;

/// <summary>The devices of this worker.</summary>
public interface ITrainingDevices
{
    /// <summary>The device that a choice stands for here; null for what this worker was set up with.</summary>
    /// <exception cref="Exception">
    /// The choice cannot be met here, as <see cref="DeviceChoice.Cuda"/> without a usable GPU; the message says why.
    /// </exception>
    ITrainingDevice Choose(DeviceChoice? choice);
}
