using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>All that a pack of networks of any depth has on the device; <see cref="DenseTask"/> says what each buffer holds.</summary>
internal sealed class DenseBuffers : IDisposable
{
    private readonly DeviceBuffers _buffers;

    /// <exception cref="DeviceMemoryException">It does not fit.</exception>
    public DenseBuffers(Accelerator accelerator, DenseLayout layout, float[] classWeights, int validationRows, long memoryBytes)
    {
        _buffers = new DeviceBuffers(accelerator, memoryBytes);
        try
        {
            long trials = layout.Trials.Length;
            Layers = _buffers.Upload(layout.Layers);
            Trials = _buffers.Upload(layout.Trials);
            ClassWeights = _buffers.Upload(classWeights);
            Active = _buffers.Allocate<int>(layout.Layers.Length + trials);
            Weights = _buffers.Allocate<float>(layout.ParameterCount);
            Mean = _buffers.Allocate<float>(layout.ParameterCount);
            Variance = _buffers.Allocate<float>(layout.ParameterCount);
            Values = _buffers.Allocate<float>(layout.ValueCount);
            Gradients = _buffers.Allocate<float>(layout.ValueCount);
            Keys = _buffers.Allocate<uint>(layout.KeyCount);
            Epoch = new EpochBuffers(_buffers, trials, (long)layout.Orders * layout.Rows, layout.Batches);
            Loss = _buffers.Allocate<float>(trials * layout.BatchSize);
            Winners = _buffers.Allocate<int>(trials * layout.BatchSize);
            ValidationLoss = _buffers.Allocate<float>(trials * validationRows);
            ValidationWinners = _buffers.Allocate<int>(trials * validationRows);
        }
        catch
        {
            _buffers.Dispose();
            throw;
        }
    }

    /// <summary>Bytes in use.</summary>
    public long Length => _buffers.Length;

    public ArrayView<DenseInfo> Layers { get; }

    public ArrayView<DenseTrial> Trials { get; }

    public ArrayView<float> ClassWeights { get; }

    public ArrayView<int> Active { get; }

    public ArrayView<float> Weights { get; }

    public ArrayView<float> Mean { get; }

    public ArrayView<float> Variance { get; }

    public ArrayView<float> Values { get; }

    public ArrayView<float> Gradients { get; }

    public ArrayView<uint> Keys { get; }

    public EpochBuffers Epoch { get; }

    public ArrayView<float> Loss { get; }

    public ArrayView<int> Winners { get; }

    public ArrayView<float> ValidationLoss { get; }

    public ArrayView<int> ValidationWinners { get; }

    public void Dispose() => _buffers.Dispose();
}
