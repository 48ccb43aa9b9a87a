using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Softmax over the classes of a batch, held class by class (classes x rows), so that a vector holds as many rows.
/// </summary>
internal static unsafe class SoftmaxKernel<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    // Smaller probabilities than e^-40 change no sum; as gradients they would sink into subnormal numbers.
    private const float Lowest = -40f;

    /// <summary>
    /// Adds up the lanes of <see cref="HiddenLayerKernels{TSimd, TVector}.Project"/>'s sums and the bias.
    /// </summary>
    /// <param name="sums">A vector for each [block, class, row of the block].</param>
    /// <param name="paddedClasses">Classes that the sums have room for.</param>
    /// <param name="bias">One float a class.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="rows">A multiple of the lanes.</param>
    /// <param name="outputs">classes x <paramref name="stride"/>.</param>
    /// <param name="stride">Floats from a class to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddLanes(
        float* sums, int paddedClasses, float* bias, int classes, int rows, float* outputs, nint stride)
    {
        for (nint row = 0; row < rows; row += TSimd.Lanes)
        {
            for (nint c = 0; c < classes; c++)
            {
                var source = sums + (((row * paddedClasses) + (c * TSimd.Lanes)) * TSimd.Lanes);
                var target = outputs + (c * stride) + row;
                for (nint i = 0; i < TSimd.Lanes; i++)
                    target[i] = TSimd.Sum(TSimd.Load(source + (i * TSimd.Lanes))) + bias[c];
            }
        }
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
    /// become zero. <c>log(sum of e^(output - largest))</c> of each row goes to <paramref name="logSums"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        float* outputs, nint stride, int classes, int used, float* largest, float* rowNumbers, float scale, float* logSums)
    {
        for (nint row = 0; row < used; row += TSimd.Lanes)
        {
            var max = TSimd.Load(largest + row);
            var sum = TSimd.Create(0f);
            for (nint c = 0; c < classes; c++)
            {
                var x = TSimd.Subtract(TSimd.Load(outputs + (c * stride) + row), max);
                var e = VectorFunctions<TSimd, TVector>.Exp(TSimd.AtLeast(TSimd.Create(Lowest), x));
                sum = TSimd.Add(sum, e);
                TSimd.Store(e, outputs + (c * stride) + row);
            }

            TSimd.Store(TSimd.Log(sum), logSums + row);
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
