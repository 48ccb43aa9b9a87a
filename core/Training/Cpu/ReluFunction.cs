using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary><c>h = max(x, 0)</c>, whose derivative is 1 where h is above 0, and 0 elsewhere.</summary>
internal readonly struct ReluFunction<TSimd, TVector> : IActivationFunction<TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value(TVector sum) => TSimd.AtLeast(TSimd.Create(0f), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope(TVector value) => TSimd.SelectGreater(value, TSimd.Create(0f), TSimd.Create(1f), TSimd.Create(0f));
}
