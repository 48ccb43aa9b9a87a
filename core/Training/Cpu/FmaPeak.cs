using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicPipeline.Training.Cpu;

/// <summary>Measures how many multiplications and additions one core can do, as a yardstick for the trainer.</summary>
public static class FmaPeak
{
    private const int Rounds = 40_000;

    // Two units with a latency of four or five cycles keep ten chains busy, and ten fit in sixteen registers.
    private const int Chains = 10;

    /// <summary>
    /// Peak of the core that the calling thread runs on, in GFLOP/s (float32; a fused multiply-add counts as two):
    /// the fastest of many short loops of independent chains in vectors of the width that the trainer uses.
    /// </summary>
    /// <param name="milliseconds">How long to measure.</param>
    public static double Measure(int milliseconds = 200)
    {
        var best = TimeSpan.MaxValue;
        var clock = Stopwatch.StartNew();
        int lanes;
        do
        {
            var start = Stopwatch.GetTimestamp();
            lanes = Run();
            var time = Stopwatch.GetElapsedTime(start);
            if (time < best) best = time;
        }
        while (clock.ElapsedMilliseconds < milliseconds);

        return 2.0 * lanes * Chains * Rounds / best.TotalSeconds / 1e9;
    }

    private static int Run()
    {
        if (Vector512.IsHardwareAccelerated) return Run<Simd512, Vector512<float>>();
        if (Vector256.IsHardwareAccelerated) return Run<Simd256, Vector256<float>>();
        return Run<Simd128, Vector128<float>>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector x = TSimd.Create(1e-3f), y = TSimd.Create(1e-4f), zero = TSimd.Create(0f);
        TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero, c8 = zero, c9 = zero;
        for (var i = 0; i < Rounds; i++)
        {
            c0 = TSimd.MultiplyAdd(x, y, c0);
            c1 = TSimd.MultiplyAdd(x, y, c1);
            c2 = TSimd.MultiplyAdd(x, y, c2);
            c3 = TSimd.MultiplyAdd(x, y, c3);
            c4 = TSimd.MultiplyAdd(x, y, c4);
            c5 = TSimd.MultiplyAdd(x, y, c5);
            c6 = TSimd.MultiplyAdd(x, y, c6);
            c7 = TSimd.MultiplyAdd(x, y, c7);
            c8 = TSimd.MultiplyAdd(x, y, c8);
            c9 = TSimd.MultiplyAdd(x, y, c9);
        }

        var sum = TSimd.Add(TSimd.Add(TSimd.Add(c0, c1), TSimd.Add(c2, c3)), TSimd.Add(TSimd.Add(c4, c5), TSimd.Add(c6, c7)));
        return TSimd.Sum(TSimd.Add(sum, TSimd.Add(c8, c9))) > 0 ? TSimd.Lanes : 0;
    }
}
