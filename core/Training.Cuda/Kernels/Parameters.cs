using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>Weights of all trials with Adam's moments of them.</summary>
internal struct Parameters
{
    public ArrayView<Float4> Weights;

    public ArrayView<Float4> Mean;

    public ArrayView<Float4> Variance;

    /// <summary>
    /// One step of Adam for four rows of four weights; see <see cref="Adam"/>. All is loaded before anything is stored,
    /// because the compiler, which cannot know that the buffers are different ones, would wait for each row by itself.
    /// </summary>
    /// <param name="at">Place of the first row; the others follow at the distance of a tile's row.</param>
    /// <param name="gradient">The gradients.</param>
    /// <param name="step">Size of the step.</param>
    /// <param name="decay">The share that weight decay takes off before it.</param>
    /// <param name="decaying">How many of the rows decay; none if it is below 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Step(int at, Tile4x4 gradient, float step, float decay, int decaying)
    {
        int second = at + Tiling.UnitVectors, third = second + Tiling.UnitVectors, fourth = third + Tiling.UnitVectors;
        Float4 m0 = Mean[at], m1 = Mean[second], m2 = Mean[third], m3 = Mean[fourth];
        Float4 v0 = Variance[at], v1 = Variance[second], v2 = Variance[third], v3 = Variance[fourth];
        Float4 w0 = Weights[at], w1 = Weights[second], w2 = Weights[third], w3 = Weights[fourth];
        m0 = Move(gradient.Row0, m0);
        m1 = Move(gradient.Row1, m1);
        m2 = Move(gradient.Row2, m2);
        m3 = Move(gradient.Row3, m3);
        v0 = Spread(gradient.Row0, v0);
        v1 = Spread(gradient.Row1, v1);
        v2 = Spread(gradient.Row2, v2);
        v3 = Spread(gradient.Row3, v3);
        w0 = Weight(w0, m0, v0, step, decaying > 0 ? decay : 0);
        w1 = Weight(w1, m1, v1, step, decaying > 1 ? decay : 0);
        w2 = Weight(w2, m2, v2, step, decaying > 2 ? decay : 0);
        w3 = Weight(w3, m3, v3, step, decaying > 3 ? decay : 0);
        Store(at, m0, v0, w0);
        Store(second, m1, v1, w1);
        Store(third, m2, v2, w2);
        Store(fourth, m3, v3, w3);
    }

    /// <summary>One step of Adam for four weights, all of which decay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Step(int at, Float4 gradient, float step, float decay)
    {
        var m = Move(gradient, Mean[at]);
        var v = Spread(gradient, Variance[at]);
        Store(at, m, v, Weight(Weights[at], m, v, step, decay));
    }

    /// <summary>The mean after a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Move(float gradient, float mean) =>
        KernelMath.MultiplyAdd(mean, Adam.Beta1Single, gradient * Adam.OneLessBeta1);

    /// <summary>The variance after a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Spread(float gradient, float variance) =>
        KernelMath.MultiplyAdd(variance, Adam.Beta2Single, gradient * Adam.OneLessBeta2 * gradient);

    /// <summary>The weight after a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Weight(float weight, float mean, float variance, float step, float decay)
    {
        // Not weight * (1 - decay): float32 would round small shares away.
        var shrunk = KernelMath.MultiplyAdd(-decay, weight, weight);
        return KernelMath.MultiplyAdd(-step * mean, KernelMath.Reciprocal(KernelMath.Sqrt(variance) + Adam.Epsilon), shrunk);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Float4 Move(Float4 gradient, Float4 mean) => new(
        Move(gradient.X, mean.X), Move(gradient.Y, mean.Y), Move(gradient.Z, mean.Z), Move(gradient.W, mean.W));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Float4 Spread(Float4 gradient, Float4 variance) => new(
        Spread(gradient.X, variance.X),
        Spread(gradient.Y, variance.Y),
        Spread(gradient.Z, variance.Z),
        Spread(gradient.W, variance.W));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Float4 Weight(Float4 weight, Float4 mean, Float4 variance, float step, float decay) => new(
        Weight(weight.X, mean.X, variance.X, step, decay),
        Weight(weight.Y, mean.Y, variance.Y, step, decay),
        Weight(weight.Z, mean.Z, variance.Z, step, decay),
        Weight(weight.W, mean.W, variance.W, step, decay));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store(int at, Float4 mean, Float4 variance, Float4 weight)
    {
        Mean[at] = mean;
        Variance[at] = variance;
        Weights[at] = weight;
    }
}
