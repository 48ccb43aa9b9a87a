using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary><c>h = 1 / (1 + e^-x)</c>, whose derivative is <c>h (1 - h)</c>.</summary>
internal readonly struct SigmoidFunction<TSimd, TVector> : IActivationFunction<TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector sum) => VectorFunctions<TSimd, TVector>.Sigmoid(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope(TVector value) => TSimd.NegatedMultiplyAdd(value, value, value);
}
