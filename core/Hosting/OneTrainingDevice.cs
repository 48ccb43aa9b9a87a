using MusicPipeline.Training;

namespace MusicPipeline.Hosting;

/// <summary>A device that stands for every choice, where a host brings its own.</summary>
internal sealed class OneTrainingDevice(ITrainingDevice device) : ITrainingDevices
{
    public ITrainingDevice Choose(DeviceChoice? choice) => device;
}
