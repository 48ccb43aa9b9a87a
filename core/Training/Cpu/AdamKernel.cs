using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Adam (D. Kingma, J. Ba, 2015) as Keras computes it:
/// <c>m = b1 m + (1 - b1) g</c>, <c>v = b2 v + (1 - b2) g^2</c>, <c>w -= step m / (sqrt(v) + epsilon)</c>
/// with <c>step = rate sqrt(1 - b2^t) / (1 - b1^t)</c>.
/// </summary>
internal static unsafe class AdamKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // Added to the moments at every step, they keep what fades away, and the square root's argument, out of zero and
    // the slow subnormal numbers. Both are far below what epsilon lets through: they end as a mean of 1e-23 and a
    // root of 3e-15 against an epsilon of 1e-7.
    private const float MeanFloor = 1e-24f;
    private const float VarianceFloor = 1e-32f;

    /// <summary>
    /// Takes a share off every weight, as decoupled weight decay does before a step (I. Loshchilov, F. Hutter, 2019).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Shrink(float* weights, int count, float share)
    {
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            // Not weights * (1 - share): float32 would round small shares away.
            var value = TSimd.Load(weights + i);
            TSimd.Store(TSimd.NegatedMultiplyAdd(TSimd.Create(share), value, value), weights + i);
        }
    }

    /// <summary>One step of <paramref name="count"/> parameters, a multiple of the vector's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(float* gradient, float* weights, float* mean, float* variance, int count, float step)
    {
        var size = TSimd.Create(step);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var g = TSimd.Load(gradient + i);
            var m = TSimd.MultiplyAdd(g, TSimd.Create(Adam.OneLessBeta1), TSimd.Create(MeanFloor));
            m = TSimd.MultiplyAdd(TSimd.Load(mean + i), TSimd.Create(Adam.Beta1Single), m);
            var v = TSimd.MultiplyAdd(TSimd.Load(variance + i), TSimd.Create(Adam.Beta2Single), TSimd.Create(VarianceFloor));
            v = TSimd.MultiplyAdd(TSimd.Multiply(g, TSimd.Create(Adam.OneLessBeta2)), g, v);
            TSimd.Store(m, mean + i);
            TSimd.Store(v, variance + i);
            var scaled = TSimd.Reciprocal(TSimd.Add(TSimd.Sqrt(v), TSimd.Create(Adam.Epsilon)));
            var move = TSimd.Multiply(m, size);
            TSimd.Store(TSimd.NegatedMultiplyAdd(move, scaled, TSimd.Load(weights + i)), weights + i);
        }
    }
}
