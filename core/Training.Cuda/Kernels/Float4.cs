using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>Four floats that are loaded and stored by one instruction.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Float4(float x, float y, float z, float w)
{
    public float X = x;
    public float Y = y;
    public float Z = z;
    public float W = w;

    /// <summary><c>scale * vector + addend</c>, each lane rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float4 MultiplyAdd(float scale, Float4 vector, Float4 addend) => new(
        KernelMath.MultiplyAdd(scale, vector.X, addend.X),
        KernelMath.MultiplyAdd(scale, vector.Y, addend.Y),
        KernelMath.MultiplyAdd(scale, vector.Z, addend.Z),
        KernelMath.MultiplyAdd(scale, vector.W, addend.W));

    /// <summary>Inner product, added to <paramref name="addend"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Float4 left, Float4 right, float addend) =>
        KernelMath.MultiplyAdd(
            left.X,
            right.X,
            KernelMath.MultiplyAdd(
                left.Y, right.Y, KernelMath.MultiplyAdd(left.Z, right.Z, KernelMath.MultiplyAdd(left.W, right.W, addend))));
}
