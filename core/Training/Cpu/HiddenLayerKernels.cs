using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>Passes over one panel of hidden values (rows x width), all counts in floats and multiples of the lanes.</summary>
internal static unsafe class HiddenLayerKernels<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>In place, <c>h = activation(h)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Activate(Activation activation, float* hidden, nint count)
    {
        if (activation == Activation.Sigmoid) Activate<SigmoidFunction<TSimd, TVector>>(hidden, count);
        else if (activation == Activation.Tanh) Activate<TanhFunction<TSimd, TVector>>(hidden, count);
        else Activate<ReluFunction<TSimd, TVector>>(hidden, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate<TFunction>(float* hidden, nint count)
        where TFunction : struct, IActivationFunction<TVector>
    {
        for (nint i = 0; i < count; i += TSimd.Lanes)
            TSimd.Store(TFunction.Value(TSimd.Load(hidden + i)), hidden + i);
    }

    /// <summary>Multiplies the last vector of each row, some lanes of which belong to no unit, by ones and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaskLastVector(float* hidden, int rows, int width, float* mask)
    {
        var used = TSimd.Load(mask);
        var last = hidden + width - TSimd.Lanes;
        for (var row = 0; row < rows; row++, last += width)
            TSimd.Store(TSimd.Multiply(TSimd.Load(last), used), last);
    }

    /// <summary>
    /// In place, <c>gradient *= slope</c>, the activation's derivative; the sum of each column is added to
    /// <paramref name="columnSums"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Differentiate(
        Activation activation, float* gradient, float* hidden, int rows, int width, float* columnSums)
    {
        if (activation == Activation.Sigmoid)
            Differentiate<SigmoidFunction<TSimd, TVector>>(gradient, hidden, rows, width, columnSums);
        else if (activation == Activation.Tanh)
            Differentiate<TanhFunction<TSimd, TVector>>(gradient, hidden, rows, width, columnSums);
        else
            Differentiate<ReluFunction<TSimd, TVector>>(gradient, hidden, rows, width, columnSums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differentiate<TFunction>(float* gradient, float* hidden, int rows, int width, float* columnSums)
        where TFunction : struct, IActivationFunction<TVector>
    {
        for (nint column = 0; column < width; column += TSimd.Lanes)
        {
            var sum = TSimd.Load(columnSums + column);
            float* g = gradient + column, h = hidden + column;
            for (var row = 0; row < rows; row++, g += width, h += width)
            {
                var product = TSimd.Multiply(TSimd.Load(g), TFunction.Slope(TSimd.Load(h)));
                TSimd.Store(product, g);
                sum = TSimd.Add(sum, product);
            }

            TSimd.Store(sum, columnSums + column);
        }
    }

    /// <summary>Copies a panel into a matrix whose rows are <paramref name="stride"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(float* panel, int rows, int width, float* matrix, nint stride)
    {
        for (var row = 0; row < rows; row++, panel += width, matrix += stride)
        {
            for (nint column = 0; column < width; column += TSimd.Lanes) TSimd.Store(TSimd.Load(panel + column), matrix + column);
        }
    }

    /// <summary>
    /// Adds the share of a group of panels in the outputs: for each row and class, <c>sums += h * weights</c> lane by
    /// lane over the panels. The lanes are added up once, after the last group.
    /// </summary>
    /// <param name="hidden">First panel, rows x width.</param>
    /// <param name="hiddenStride">Floats from a panel of hidden values to the next.</param>
    /// <param name="weights">First panel, classes x width.</param>
    /// <param name="weightStride">Floats from a panel of weights to the next.</param>
    /// <param name="panels">Panels in the group.</param>
    /// <param name="rows">A multiple of 4, at most the lanes.</param>
    /// <param name="classes">A multiple of 2.</param>
    /// <param name="width">Width of the panels.</param>
    /// <param name="sums">A vector for each [class, row], with room for as many rows as lanes.</param>
    /// <param name="first">The sums start here rather than go on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Project(
        float* hidden,
        nint hiddenStride,
        float* weights,
        nint weightStride,
        int panels,
        int rows,
        int classes,
        int width,
        float* sums,
        bool first)
    {
        for (nint row = 0; row < rows; row += 4)
        {
            for (nint c = 0; c < classes; c += 2)
            {
                float* s = sums + (((c * TSimd.Lanes) + row) * TSimd.Lanes), t = s + (TSimd.Lanes * TSimd.Lanes);
                TVector s0, s1, s2, s3, t0, t1, t2, t3;
                if (first)
                {
                    s0 = s1 = s2 = s3 = t0 = t1 = t2 = t3 = TSimd.Create(0f);
                }
                else
                {
                    (s0, s1) = (TSimd.Load(s), TSimd.Load(s + TSimd.Lanes));
                    (s2, s3) = (TSimd.Load(s + (2 * TSimd.Lanes)), TSimd.Load(s + (3 * TSimd.Lanes)));
                    (t0, t1) = (TSimd.Load(t), TSimd.Load(t + TSimd.Lanes));
                    (t2, t3) = (TSimd.Load(t + (2 * TSimd.Lanes)), TSimd.Load(t + (3 * TSimd.Lanes)));
                }

                for (nint p = 0; p < panels; p++)
                {
                    float* w = weights + (p * weightStride) + (c * width), h = hidden + (p * hiddenStride) + (row * width);
                    for (var end = h + width; h < end; h += TSimd.Lanes, w += TSimd.Lanes)
                    {
                        var w0 = TSimd.Load(w);
                        var w1 = TSimd.Load(w + width);
                        var x = TSimd.Load(h);
                        s0 = TSimd.MultiplyAdd(x, w0, s0);
                        t0 = TSimd.MultiplyAdd(x, w1, t0);
                        x = TSimd.Load(h + width);
                        s1 = TSimd.MultiplyAdd(x, w0, s1);
                        t1 = TSimd.MultiplyAdd(x, w1, t1);
                        x = TSimd.Load(h + (2 * width));
                        s2 = TSimd.MultiplyAdd(x, w0, s2);
                        t2 = TSimd.MultiplyAdd(x, w1, t2);
                        x = TSimd.Load(h + (3 * width));
                        s3 = TSimd.MultiplyAdd(x, w0, s3);
                        t3 = TSimd.MultiplyAdd(x, w1, t3);
                    }
                }

                TSimd.Store(s0, s);
                TSimd.Store(s1, s + TSimd.Lanes);
                TSimd.Store(s2, s + (2 * TSimd.Lanes));
                TSimd.Store(s3, s + (3 * TSimd.Lanes));
                TSimd.Store(t0, t);
                TSimd.Store(t1, t + TSimd.Lanes);
                TSimd.Store(t2, t + (2 * TSimd.Lanes));
                TSimd.Store(t3, t + (3 * TSimd.Lanes));
            }
        }
    }
}
