using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Hosting;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using Xunit;

namespace MusicPipeline.Tests.Hosting;

public sealed class TrainingDevicesTests
{
    private const string Complaint = "the driver says CUDA_ERROR_NO_DEVICE.";

    private readonly LinesLogger _log = new();
    private readonly CpuTrainingDevice _cpu = new();
    private int _opened;

    [Theory]
    [InlineData(null)]
    [InlineData(DeviceChoice.Auto)]
    public void Auto_Falls_Back_To_The_Processor_And_Says_Once_Why(DeviceChoice? choice)
    {
        using var devices = Devices(DeviceChoice.Auto, gpu: null);

        Assert.Same(_cpu, devices.Choose(choice));
        Assert.Same(_cpu, devices.Choose(choice));

        Assert.Equal(["Information: Training on the processor: the driver says CUDA_ERROR_NO_DEVICE."], _log.Lines);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Cuda_Without_A_Gpu_Is_An_Error_That_Names_The_Complaint()
    {
        using var devices = Devices(DeviceChoice.Cuda, gpu: null);

        var refused = Assert.Throws<InputException>(() => devices.Choose(null));

        Assert.Contains("CUDA_ERROR_NO_DEVICE", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Lines);
        // What a sweep asks for goes before what the worker is set up with.
        Assert.Same(_cpu, devices.Choose(DeviceChoice.Cpu));
    }

    [Fact]
    public void The_Gpu_Is_Opened_Once_And_Closed_At_The_End()
    {
        var gpu = new Gpu();
        using (var devices = Devices(DeviceChoice.Auto, gpu))
        {
            Assert.Same(_cpu, devices.Choose(DeviceChoice.Cpu));
            Assert.Equal(0, _opened);
            Assert.Same(gpu, devices.Choose(null));
            Assert.Same(gpu, devices.Choose(DeviceChoice.Cuda));
            Assert.False(gpu.Closed);
        }

        Assert.Equal((1, true), (_opened, gpu.Closed));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Gpu_That_Failed_Is_Opened_Anew(bool closesBadly)
    {
        var first = new Gpu { HasFailed = true, ClosesBadly = closesBadly };
        var opened = new Queue<Gpu?>([first, new Gpu(), null]);
        using var devices = new TrainingDevices(
            new DeviceSetting(DeviceChoice.Auto),
            _cpu,
            (out string complaint) =>
            {
                complaint = Complaint;
                return opened.Dequeue();
            },
            _log);
        Assert.Same(first, devices.Choose(null));

        var second = Assert.IsType<Gpu>(devices.Choose(null));

        Assert.Same(second, devices.Choose(null));
        Assert.True(first.Closed);
        second.HasFailed = true;
        Assert.Same(_cpu, devices.Choose(null));
        Assert.Same(_cpu, devices.Choose(null));
        Assert.Equal(closesBadly ? 4 : 3, _log.Lines.Count);
    }

    [Theory]
    [InlineData(null, DeviceChoice.Auto)]
    [InlineData("", DeviceChoice.Auto)]
    [InlineData("Auto", DeviceChoice.Auto)]
    [InlineData(" cpu ", DeviceChoice.Cpu)]
    [InlineData("CUDA", DeviceChoice.Cuda)]
    public void Reads_The_Setting(string? text, DeviceChoice choice) => Assert.Equal(choice, DeviceSetting.Parse(text).Default);

    [Fact]
    public void Refuses_What_Is_No_Device() => Assert.Equal(
        "--device: 'gpu' is no device; give auto, cpu or cuda.",
        Assert.Throws<InputException>(() => DeviceSetting.Parse("gpu", "--device")).Message);

    private TrainingDevices Devices(DeviceChoice setting, ITrainingDevice? gpu)
    {
        return new TrainingDevices(new DeviceSetting(setting), _cpu, Open, _log);

        ITrainingDevice? Open(out string complaint)
        {
            _opened++;
            complaint = gpu is null ? Complaint : "";
            return gpu;
        }
    }

    private sealed class Gpu : ITrainingDevice, IDisposable
    {
        public bool Closed { get; private set; }

        public bool HasFailed { get; set; }

        public bool ClosesBadly { get; init; }

        public string Name => "cuda";

        public TrainingResult Train(
            MusicPipeline.Data.TrainingSplit split,
            HyperParameters parameters,
            Action<int, EpochMetrics>? onEpoch = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
            Closed = true;
            if (ClosesBadly) throw new InvalidOperationException("the context is destroyed");
        }
    }

    private sealed class LinesLogger : ILogger<TrainingDevices>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
