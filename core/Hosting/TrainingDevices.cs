using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Training;

namespace MusicPipeline.Hosting;

/// <summary>
/// The processor of this worker and, where it has one that works, its GPU. The GPU is opened when it is first asked for,
/// and again only after it has failed: what is uploaded to it stays for as long as the worker runs.
/// </summary>
internal sealed class TrainingDevices : ITrainingDevices, IDisposable
{
    private readonly DeviceSetting _setting;
    private readonly ITrainingDevice _cpu;
    private readonly OpenGpu _openGpu;
    private readonly Lock _gate = new();
    private readonly ILogger<TrainingDevices> _logger;
    private GpuAttempt? _gpu;
    private string? _told;

    public TrainingDevices(DeviceSetting setting, ITrainingDevice cpu, OpenGpu openGpu, ILogger<TrainingDevices> logger)
    {
        (_setting, _cpu, _openGpu, _logger) = (setting, cpu, openGpu, logger);
    }

    public ITrainingDevice Choose(DeviceChoice? choice)
    {
        var wanted = choice ?? _setting.Default;
        if (wanted == DeviceChoice.Cpu) return _cpu;
        var (device, complaint) = Gpu();
        if (device is not null) return device;
        if (wanted == DeviceChoice.Cuda)
        {
            throw new InputException(
                $"the sweep is to run on a GPU and this worker has none that works ({complaint.TrimEnd('.')})",
                "fix what it names, or choose the device auto or cpu");
        }

        // Once a worker: every pack asks again.
        if (Interlocked.Exchange(ref _told, complaint) != complaint) Log.NoGpu(_logger, complaint.TrimEnd('.'));
        return _cpu;
    }

    public void Dispose()
    {
        if (_gpu?.Device is IDisposable device) device.Dispose();
    }

    private GpuAttempt Gpu()
    {
        lock (_gate)
        {
            if (_gpu is { Device.HasFailed: true })
            {
                Log.GpuFailed(_logger);
                Close(_gpu.Device);
                _gpu = null;
            }

            return _gpu ??= _openGpu(out var complaint) is { } device ? new(device, "") : new(null, complaint);
        }
    }

    private void Close(ITrainingDevice device)
    {
        try
        {
            (device as IDisposable)?.Dispose();
        }
        catch (Exception exception)
        {
            // What has failed may not even close; the worker goes on with what it can open.
            Log.GpuNotClosed(_logger, exception);
        }
    }

    private sealed record GpuAttempt(ITrainingDevice? Device, string Complaint);
}
