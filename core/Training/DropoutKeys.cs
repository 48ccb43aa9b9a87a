using System.Runtime.CompilerServices;

namespace MusicPipeline.Training;

/// <summary>
/// What dropout leaves out, as a function of a counter: a key of 32 bits for each row of a step by the finalizer of
/// splitmix64, and 24 bits for each unit by a hash of key and unit (C. Wellons, lowbias32, 2018). Every device draws these.
/// </summary>
internal readonly struct DropoutKeys
{
    public const uint UnitStep = 0x9E3779B9;
    public const uint FirstFactor = 0x7FEB352D;
    public const uint SecondFactor = 0x846CA68B;

    private const int Bits = 24;
    private const int Stream = 3;

    private readonly ulong _seed;

    /// <param name="share">Share of the units that is left out.</param>
    /// <param name="seed">The trial's seed.</param>
    public DropoutKeys(double share, int seed)
    {
        Dropped = (int)Math.Round(share * (1 << Bits));
        Scale = (float)(1 / (1 - share));
        _seed = ((ulong)Stream << 32) | (uint)seed;
    }

    /// <summary>A unit is left out where its draw is below this.</summary>
    public int Dropped { get; }

    /// <summary>What the others are multiplied by.</summary>
    public float Scale { get; }

    /// <summary>The key of a row.</summary>
    /// <param name="layer">The hidden layer, from 0 on.</param>
    /// <param name="step">Steps taken before.</param>
    /// <param name="row">Row of the batch.</param>
    public uint OfRow(int layer, long step, int row) =>
        (uint)(Mix(Mix(Mix(_seed, (ulong)layer), (ulong)step), (ulong)row) >> 32);

    /// <summary>A unit's draw, 0 to 2^24 - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(uint rowKey, int unit)
    {
        var x = rowKey + ((uint)unit * UnitStep);
        x = (x ^ (x >> 16)) * FirstFactor;
        x = (x ^ (x >> 15)) * SecondFactor;
        return (int)((x ^ (x >> 16)) >> 8);
    }

    private static ulong Mix(ulong state, ulong counter)
    {
        var z = state + ((counter + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
