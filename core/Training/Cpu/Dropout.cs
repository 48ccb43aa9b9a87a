using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Inverted dropout. Whether a value stays is a function of seed, layer, step, row of the batch and unit, so that nothing
/// has to be kept: forward and backward pass ask again, and so does a run that goes on.
/// </summary>
internal sealed unsafe class Dropout : IDisposable
{
    private readonly DropoutKeys _keys;
    private readonly float _scale;
    private readonly int _capacity;
    private readonly AlignedFloats _rowKeys;

    /// <param name="share">Share of the units that is left out.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="layers">Hidden layers.</param>
    /// <param name="capacity">Rows of the largest batch.</param>
    public Dropout(double share, int seed, int layers, int capacity)
    {
        _keys = new DropoutKeys(share, seed);
        _scale = _keys.Scale;
        _capacity = capacity;
        _rowKeys = new AlignedFloats((long)layers * capacity);
        Layers = layers;
    }

    private int Layers { get; }

    /// <summary>Turns to another step.</summary>
    public void Draw(long step)
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var keys = RowKeys(layer);
            for (var row = 0; row < _capacity; row++) keys[row] = _keys.OfRow(layer, step, row);
        }
    }

    /// <summary>Writes values of a panel where they stay, scaled up, and zeros elsewhere.</summary>
    /// <param name="layer">The hidden layer, from 0 on.</param>
    /// <param name="firstRow">Row of the batch that the values start with.</param>
    /// <param name="firstUnit">Unit of the layer that they start with.</param>
    /// <param name="source">rows x width.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Width of the panel, a multiple of 4.</param>
    /// <param name="target">rows x <paramref name="stride"/>; it may be the source.</param>
    /// <param name="stride">Floats from a row of the target to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int layer, int firstRow, int firstUnit, float* source, int rows, int width, float* target, nint stride)
    {
        var keys = RowKeys(layer) + firstRow;
        var start = Vector256.Create((uint)firstUnit) + Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        var counters = start * DropoutKeys.UnitStep;
        var dropped = Vector256.Create(_keys.Dropped);
        for (var row = 0; row < rows; row++, source += width, target += stride)
        {
            var counter = counters + Vector256.Create(keys[row]);
            var i = 0;
            for (; i <= width - 8; i += 8, counter += Vector256.Create(unchecked(8 * DropoutKeys.UnitStep)))
            {
                var stays = Vector256.GreaterThanOrEqual(Mix(counter), dropped).AsSingle();
                (stays & (Vector256.Load(source + i) * _scale)).Store(target + i);
            }

            if (i == width) continue;
            var half = Vector256.GreaterThanOrEqual(Mix(counter), dropped).AsSingle().GetLower();
            (half & (Vector128.Load(source + i) * _scale)).Store(target + i);
        }
    }

    public void Dispose() => _rowKeys.Dispose();

    // DropoutKeys.Draw in vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Mix(Vector256<uint> x)
    {
        x = (x ^ (x >>> 16)) * DropoutKeys.FirstFactor;
        x = (x ^ (x >>> 15)) * DropoutKeys.SecondFactor;
        return ((x ^ (x >>> 16)) >>> 8).AsInt32();
    }

    private uint* RowKeys(int layer) => (uint*)_rowKeys.Pointer + ((nint)layer * _capacity);
}
