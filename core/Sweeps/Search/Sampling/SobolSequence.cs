using System.Buffers.Binary;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>
/// Sobol' points (I. Sobol', 1967) of up to eight dimensions, with the direction numbers of S. Joe and F. Kuo,
/// Constructing Sobol sequences with better two-dimensional projections, 2008 (new-joe-kuo-6.21201).
/// </summary>
internal static class SobolSequence
{
    public const int MaxDimensions = 8;

    private const int Bits = 32;

    // Degree s, coefficients a and initial m of dimensions 2 to 8.
    private static readonly (int Degree, int Coefficients, uint[] Initial)[] Polynomials =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
    ];

    private static readonly uint[][] Directions = [.. Enumerable.Range(0, MaxDimensions).Select(DirectionsOf)];

    /// <summary>A coordinate of a point as a binary fraction of 32 digits.</summary>
    public static uint Coordinate(int dimension, uint index)
    {
        uint result = 0;
        for (var bit = 0; index != 0; bit++, index >>= 1)
        {
            if ((index & 1) != 0) result ^= Directions[dimension][bit];
        }

        return result;
    }

    /// <summary>
    /// Owen's nested scrambling by a hash (S. Laine, T. Karras, 2011; B. Burley, Practical hash-based Owen scrambling,
    /// 2020, with N. Vegdahl's constants): each digit is flipped or not by what stands before it, so that the points
    /// stay as evenly spread as they were.
    /// </summary>
    public static uint Scramble(uint coordinate, uint seed)
    {
        var x = ReverseBits(coordinate);
        x ^= x * 0x3D20ADEA;
        x += seed;
        x *= (seed >> 16) | 1;
        x ^= x * 0x05526C56;
        x ^= x * 0x53A22864;
        return ReverseBits(x);
    }

    private static uint ReverseBits(uint x)
    {
        x = BinaryPrimitives.ReverseEndianness(x);
        x = ((x & 0x0F0F0F0F) << 4) | ((x >> 4) & 0x0F0F0F0F);
        x = ((x & 0x33333333) << 2) | ((x >> 2) & 0x33333333);
        return ((x & 0x55555555) << 1) | ((x >> 1) & 0x55555555);
    }

    private static uint[] DirectionsOf(int dimension)
    {
        var v = new uint[Bits];
        if (dimension == 0)
        {
            for (var i = 0; i < Bits; i++) v[i] = 1u << (Bits - 1 - i);
            return v;
        }

        var (s, a, m) = Polynomials[dimension - 1];
        for (var i = 0; i < s; i++) v[i] = m[i] << (Bits - 1 - i);
        for (var i = s; i < Bits; i++)
        {
            v[i] = v[i - s] ^ (v[i - s] >> s);
            for (var k = 1; k < s; k++)
            {
                if (((a >> (s - 1 - k)) & 1) != 0) v[i] ^= v[i - k];
            }
        }

        return v;
    }
}
