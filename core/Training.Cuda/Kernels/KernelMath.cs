using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// The functions of the kernels. On a GPU each marked one is a single instruction (see <see cref="PtxInstructions"/>);
/// the bodies here are what ILGPU's CPU accelerator runs.
/// </summary>
internal static class KernelMath
{
    private const float Log2OfE = 1.44269504f;
    private const float LogOf2 = 0.693147181f;

    /// <summary><c>left * right + addend</c>, rounded once.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float left, float right, float addend) => MathF.FusedMultiplyAdd(left, right, addend);

    /// <summary><c>2^value</c>, to two units in the last place.</summary>
    [IntrinsicImplementation]
    public static float Exp2(float value) => MathF.Pow(2, value);

    /// <summary>Binary logarithm, to 2^-22 absolutely between 1/2 and 2.</summary>
    [IntrinsicImplementation]
    public static float Log2(float value) => MathF.Log2(value);

    /// <summary><c>1 / value</c>, to one unit in the last place.</summary>
    [IntrinsicImplementation]
    public static float Reciprocal(float value) => 1 / value;

    /// <summary>Square root, to three units in the last place; that of a subnormal number may be 0.</summary>
    [IntrinsicImplementation]
    public static float Sqrt(float value) => MathF.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float value) => Exp2(value * Log2OfE);

    /// <summary>
    /// <c>log(1 + value)</c> of values from 0 on. Below 1/32 the first terms of the series keep the digits that the sum
    /// with 1 would lose.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogOnePlus(float value)
    {
        if (value < 0.03125f)
            return value * (1 - (value * (0.5f - (value * (0.333333333f - (value * (0.25f - (value * 0.2f))))))));
        return Log2(1 + value) * LogOf2;
    }

    /// <summary>The activation whose number is <paramref name="kind"/> in <see cref="Activation"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Activate(float sum, int kind)
    {
        if (kind == (int)Activation.Relu) return sum < 0 ? 0 : sum;
        if (kind == (int)Activation.Tanh) return 1 - (2 * Reciprocal(1 + Exp(2 * sum)));
        return Reciprocal(1 + Exp(-sum));
    }

    /// <summary>A derivative by the activation's value, times the activation's own derivative at that value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Backpropagate(float gradient, float value, int kind)
    {
        // Not gradient * (value > 0 ? 1 : 0): ILGPU 1.5.3 makes an integer's bits of that choice (PtxTests).
        if (kind == (int)Activation.Relu) return value > 0 ? gradient : 0;
        if (kind == (int)Activation.Tanh) return gradient * (1 - (value * value));
        return gradient * (value * (1 - value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(float value) => value - value == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Smaller(int one, int other) => one < other ? one : other;
}
