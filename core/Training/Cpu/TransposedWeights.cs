using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// A copy of a layer's weights, transposed, in panels along the units of the layer below: what gradients are carried down
/// with. It is taken anew after every step.
/// </summary>
internal sealed unsafe class TransposedWeights<TSimd, TVector>(Panels own, Panels below, int inputCapacity) : IDisposable
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly AlignedFloats _floats = new((long)own.PaddedUnits * below.PaddedUnits);

    /// <summary>units x width of the panel below.</summary>
    public float* Panel(Panel panel) => _floats.Pointer + ((nint)own.PaddedUnits * panel.Start);

    /// <summary>Copies a panel of the layer's own weights, inputs x width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(Panel panel, float* weights)
    {
        foreach (var target in below.All)
        {
            var end = Math.Min(target.Start + target.Width, inputCapacity);
            for (nint input = target.Start; input < end; input += 4)
            {
                var source = weights + (input * panel.Width);
                var column = Panel(target) + ((nint)panel.Start * target.Width) + (input - target.Start);
                for (nint unit = 0; unit < panel.Width; unit += 4)
                    Transpose(source + unit, panel.Width, column + (unit * target.Width), target.Width);
            }
        }
    }

    public void Dispose() => _floats.Dispose();

    // Four rows of four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* source, nint sourceStride, float* target, nint targetStride)
    {
        if (!Sse.IsSupported)
        {
            for (var i = 0; i < 16; i++) target[(i / 4 * targetStride) + (i % 4)] = source[(i % 4 * sourceStride) + (i / 4)];
            return;
        }

        var a = Vector128.Load(source);
        var b = Vector128.Load(source + sourceStride);
        var c = Vector128.Load(source + (2 * sourceStride));
        var d = Vector128.Load(source + (3 * sourceStride));
        Vector128<float> low = Sse.UnpackLow(a, b), high = Sse.UnpackHigh(a, b), low2 = Sse.UnpackLow(c, d), high2 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(low, low2).Store(target);
        Sse.MoveHighToLow(low2, low).Store(target + targetStride);
        Sse.MoveLowToHigh(high, high2).Store(target + (2 * targetStride));
        Sse.MoveHighToLow(high2, high).Store(target + (3 * targetStride));
    }
}
