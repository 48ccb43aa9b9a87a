using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>Elementary functions over the lanes of a vector, for the ranges that the network needs.</summary>
internal static class VectorFunctions<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980): n * High is
    // exact for the n that occur, so that the reduced argument keeps its last bits.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding it leaves the nearest integer in the low bits of the sum.
    private const float Rounder = 12582912f;

    /// <summary>
    /// e^-x for x in [-88, 87], within 2 units in the last place: 2^n e^-r with |r| at most ln(2)/2, where
    /// (e^-r - 1)/r is interpolated in Chebyshev's nodes (relative error of the polynomial 5e-9).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative(TVector x)
    {
        var biased = TSimd.MultiplyAdd(x, TSimd.Create(-Log2E), TSimd.Create(Rounder));
        var n = TSimd.Subtract(biased, TSimd.Create(Rounder));
        var r = TSimd.MultiplyAdd(n, TSimd.Create(Ln2High), x);
        r = TSimd.MultiplyAdd(n, TSimd.Create(Ln2Low), r);
        var p = TSimd.MultiplyAdd(TSimd.Create(0.001393368586f), r, TSimd.Create(-0.008369184382f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(0.0416664646f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(-0.1666650494f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(0.5000000013f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(-1f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Create(1f));
        return TSimd.Scale(p, biased);
    }

    /// <summary>
    /// 1 / (1 + e^-x) with x held to [-30, 30], beyond which float32 cannot tell 1 - h from 1 and gradients would
    /// only sink into subnormal numbers, which are slow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        var held = TSimd.AtLeast(TSimd.Create(-30f), TSimd.AtMost(TSimd.Create(30f), x));
        return TSimd.Reciprocal(TSimd.Add(TSimd.Create(1f), ExpOfNegative(held)));
    }

    /// <summary>
    /// The hyperbolic tangent: <c>2 sigmoid(2x) - 1</c>, and for |x| below 0.625, where that would lose digits, the odd
    /// polynomial of S. Moshier's Cephes library (tanhf.c).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        var square = TSimd.Multiply(x, x);
        var p = TSimd.MultiplyAdd(TSimd.Create(-5.70498872745e-3f), square, TSimd.Create(2.06390887954e-2f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Create(-5.37397155531e-2f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Create(1.33314422036e-1f));
        p = TSimd.MultiplyAdd(p, square, TSimd.Create(-3.33332819422e-1f));
        var near = TSimd.MultiplyAdd(TSimd.Multiply(p, square), x, x);
        var far = TSimd.MultiplyAdd(Sigmoid(TSimd.Add(x, x)), TSimd.Create(2f), TSimd.Create(-1f));
        return TSimd.SelectGreater(square, TSimd.Create(0.625f * 0.625f), far, near);
    }
}
