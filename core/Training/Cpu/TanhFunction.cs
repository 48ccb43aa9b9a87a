using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary><c>h = tanh(x)</c>, whose derivative is <c>1 - h^2</c>.</summary>
internal readonly struct TanhFunction<TSimd, TVector> : IActivationFunction<TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector sum) => VectorFunctions<TSimd, TVector>.Tanh(sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope(TVector value) => TSimd.NegatedMultiplyAdd(value, value, TSimd.Create(1f));
}
