using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Training;

namespace MusicPipeline.Hosting;

/// <summary>
/// The processor of this worker and, where it has one that works, its GPU. The GPU is opened when it is first asked for,
/// and once: what is uploaded to it stays for as long as the worker runs.
/// </summary>
internal sealed class TrainingDevices : ITrainingDevices, IDisposable
{
    private readonly DeviceSetting _setting;
    private readonly ITrainingDevice _cpu;
    private readonly Lazy<GpuAttempt> _gpu;
    private readonly ILogger<TrainingDevices> _logger;
    private int _told;

    public TrainingDevices(DeviceSetting setting, ITrainingDevice cpu, OpenGpu openGpu, ILogger<TrainingDevices> logger)
    {
        (_setting, _cpu, _logger) = (setting, cpu, logger);
        _gpu = new Lazy<GpuAttempt>(() => openGpu(out var complaint) is { } device ? new(device, "") : new(null, complaint));
    }

    public ITrainingDevice Choose(DeviceChoice? choice)
    {
        var wanted = choice ?? _setting.Default;
        if (wanted == DeviceChoice.Cpu) return _cpu;
        var (device, complaint) = _gpu.Value;
        if (device is not null) return device;
        if (wanted == DeviceChoice.Cuda)
        {
            throw new InputException(
                $"the sweep is to run on a GPU and this worker has none that works ({complaint.TrimEnd('.')})",
                "mend what it names, or choose the device auto or cpu");
        }

        // Once a worker: every pack asks again.
        if (Interlocked.Exchange(ref _told, 1) == 0) Log.NoGpu(_logger, complaint.TrimEnd('.'));
        return _cpu;
    }

    public void Dispose()
    {
        if (_gpu.IsValueCreated && _gpu.Value.Device is IDisposable device) device.Dispose();
    }

    private sealed record GpuAttempt(ITrainingDevice? Device, string Complaint);
}
