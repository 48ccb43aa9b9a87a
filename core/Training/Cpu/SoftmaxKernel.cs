using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Softmax over the classes of a batch, held class by class (classes x rows), so that a vector holds as many rows.
/// </summary>
internal static unsafe class SoftmaxKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // Smaller probabilities than e^-40 change no sum; as gradients they would sink into subnormal numbers.
    private const float Farthest = 40f;

    /// <summary>
    /// Adds the bias to the sum of the lanes of <see cref="HiddenLayerKernels{TSimd, TVector}.Project"/>'s sums.
    /// </summary>
    /// <param name="sums">A vector for each [class, row], of as many rows as lanes.</param>
    /// <param name="bias">One float a class.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="outputs">classes x <paramref name="stride"/>.</param>
    /// <param name="stride">Floats from a class to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddLanes(float* sums, float* bias, int classes, float* outputs, nint stride)
    {
        for (nint c = 0; c < classes; c++, sums += TSimd.Lanes * TSimd.Lanes, outputs += stride)
        {
            var start = Vector128.Create(bias[c]);
            for (nint i = 0; i < TSimd.Lanes; i += 4)
                (start + SumOfFour(sums + (i * TSimd.Lanes))).Store(outputs + i);
        }
    }

    /// <summary>The sums of four vectors, each of which is read as a few vectors of four lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumOfFour(float* vectors)
    {
        var a = Vector128.Load(vectors);
        var b = Vector128.Load(vectors + TSimd.Lanes);
        var c = Vector128.Load(vectors + (2 * TSimd.Lanes));
        var d = Vector128.Load(vectors + (3 * TSimd.Lanes));
        for (nint i = 4; i < TSimd.Lanes; i += 4)
        {
            a += Vector128.Load(vectors + i);
            b += Vector128.Load(vectors + TSimd.Lanes + i);
            c += Vector128.Load(vectors + (2 * TSimd.Lanes) + i);
            d += Vector128.Load(vectors + (3 * TSimd.Lanes) + i);
        }

        if (!Sse.IsSupported)
            return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        var ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b);
        var cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    /// <summary>The largest output of each row and the class, the first of equals, that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FindLargest(float* outputs, nint stride, int classes, int rows, float* largest, float* winners)
    {
        for (nint row = 0; row < rows; row += TSimd.Lanes)
        {
            var max = TSimd.Load(outputs + row);
            var winner = TSimd.Create(0f);
            for (nint c = 1; c < classes; c++)
            {
                var value = TSimd.Load(outputs + (c * stride) + row);
                winner = TSimd.SelectGreater(value, max, TSimd.Create(c), winner);
                max = TSimd.SelectGreater(value, max, value, max);
            }

            TSimd.Store(max, largest + row);
            TSimd.Store(winner, winners + row);
        }
    }

    /// <summary>
    /// In place, outputs become probabilities times <paramref name="scale"/>; rows from <paramref name="used"/> on
    /// become zero. The sum of <c>e^(output - largest)</c> of each row goes to <paramref name="sums"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        float* outputs, nint stride, int classes, int used, float* largest, float* rowNumbers, float scale, float* sums)
    {
        for (nint row = 0; row < used; row += TSimd.Lanes)
        {
            var max = TSimd.Load(largest + row);
            var sum = TSimd.Create(0f);
            for (nint c = 0; c < classes; c++)
            {
                var below = TSimd.Subtract(max, TSimd.Load(outputs + (c * stride) + row));
                var e = VectorFunctions<TSimd, TVector>.ExpOfNegative(TSimd.AtMost(TSimd.Create(Farthest), below));
                sum = TSimd.Add(sum, e);
                TSimd.Store(e, outputs + (c * stride) + row);
            }

            TSimd.Store(sum, sums + row);
            var factor = TSimd.SelectGreater(
                TSimd.Create(used), TSimd.Load(rowNumbers + row), TSimd.Create(scale), TSimd.Create(0f));
            factor = TSimd.Multiply(factor, TSimd.Reciprocal(sum));
            for (nint c = 0; c < classes; c++)
            {
                var target = outputs + (c * stride) + row;
                TSimd.Store(TSimd.Multiply(TSimd.Load(target), factor), target);
            }
        }
    }
}
