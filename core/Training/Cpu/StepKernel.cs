using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>A step of either optimizer.</summary>
internal static unsafe class StepKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // Added and taken off again, it makes zeros of velocities that fade away, before they are slow subnormal numbers.
    private const float Smallest = 1e-30f;

    /// <summary>One step of <paramref name="count"/> parameters, a multiple of the vector's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update(StepRule rule, float* gradient, float* weights, float* mean, float* variance, int count)
    {
        if (rule.Optimizer == Optimizer.Adam)
            AdamKernel<TSimd, TVector>.Update(gradient, weights, mean, variance, count, rule.Size);
        else
            Descend(gradient, weights, mean, count, rule.Size);
    }

    /// <summary>Gradient descent with momentum: <c>v = 0.9 v - rate g</c>, <c>w += v</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend(float* gradient, float* weights, float* velocity, int count, float rate)
    {
        var size = TSimd.Create(rate);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            var v = TSimd.Multiply(TSimd.Load(velocity + i), TSimd.Create(StepRules.Momentum));
            v = TSimd.NegatedMultiplyAdd(TSimd.Load(gradient + i), size, v);
            v = TSimd.Subtract(TSimd.Add(v, TSimd.Create(Smallest)), TSimd.Create(Smallest));
            TSimd.Store(v, velocity + i);
            TSimd.Store(TSimd.Add(TSimd.Load(weights + i), v), weights + i);
        }
    }
}
