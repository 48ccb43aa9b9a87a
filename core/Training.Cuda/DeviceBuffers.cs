using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace MusicPipeline.Training.Cuda;

/// <summary>Buffers on a device that live and end together.</summary>
/// <param name="accelerator">The device.</param>
/// <param name="limit">Bytes that they may fill together.</param>
internal sealed class DeviceBuffers(Accelerator accelerator, long limit) : IDisposable
{
    private readonly List<MemoryBuffer> _buffers = [];

    /// <summary>Bytes in use.</summary>
    public long Length { get; private set; }

    /// <summary>A buffer of zeros.</summary>
    /// <exception cref="DeviceMemoryException">There is no room for it.</exception>
    public ArrayView<T> Allocate<T>(long count)
        where T : unmanaged
    {
        count = Math.Max(count, 1);
        var bytes = count * Interop.SizeOf<T>();

        // The kernels count in 32 bits.
        if (count > int.MaxValue || Length + bytes > limit)
            throw new DeviceMemoryException($"{Length + bytes} bytes do not fit into the {limit} that the device has for a pack.");
        try
        {
            var buffer = accelerator.Allocate1D<T>(count);
            _buffers.Add(buffer);
            Length += bytes;
            buffer.MemSetToZero();
            return buffer.View;
        }
        catch (CudaException exception) when (exception.Error == nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY))
        {
            throw new DeviceMemoryException($"The device has no room for {bytes} bytes more.", exception);
        }
    }

    /// <summary>A buffer with a copy of the values.</summary>
    /// <exception cref="DeviceMemoryException">There is no room for it.</exception>
    public ArrayView<T> Upload<T>(T[] values)
        where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        if (values.Length > 0) view.CopyFromCPU(values);
        return view;
    }

    /// <summary>Waits for what was launched, and copies a buffer from the device.</summary>
    public static T[] Read<T>(ArrayView<T> view)
        where T : unmanaged
    {
        var values = new T[view.Length];
        view.CopyToCPU(values);
        return values;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
        _buffers.Clear();
    }
}
