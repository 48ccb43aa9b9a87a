namespace MusicPipeline.Data;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014;
/// <see href="https://prng.di.unimi.it/splitmix64.c">reference code</see>). Its numbers depend on the seed alone, never
/// on the version of the runtime. A copy of the value goes on by itself.
/// </summary>
/// <param name="seed">Any number; different seeds give unrelated sequences.</param>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// A uniform number of 0 to <paramref name="bound"/> - 1, without bias (Lemire, "Fast random integer generation in
    /// an interval", ACM TOMACS 2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var high = Math.BigMul(Next(), (ulong)bound, out var low);
        if (low < (ulong)bound)
        {
            var threshold = (0UL - (ulong)bound) % (ulong)bound;
            while (low < threshold) high = Math.BigMul(Next(), (ulong)bound, out low);
        }

        return (int)high;
    }

    /// <summary>Puts the items into a random order (Fisher and Yates, from the last item to the first).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
