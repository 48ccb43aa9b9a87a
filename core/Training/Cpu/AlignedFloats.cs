using System.Runtime.InteropServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>Zeroed float32 memory that starts at a cache line and that the garbage collector never moves.</summary>
internal sealed unsafe class AlignedFloats : SafeHandle
{
    private const int CacheLine = 64;

    public AlignedFloats(long length)
        : base(0, ownsHandle: true)
    {
        // One line more, since kernels compute whole tiles and may read past the last row.
        var bytes = checked((nuint)(length + (CacheLine / sizeof(float))) * sizeof(float));
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Pointer, bytes);
        SetHandle((nint)Pointer);
    }

    public float* Pointer { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
