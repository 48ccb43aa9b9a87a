using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Samples;

/// <summary>Decoded samples as floats with full scale at ±1: an integer divided by 2^(bits-1).</summary>
internal static class FloatSamples
{
    /// <summary>Beyond, a power spectrum in single precision overflows; no recording comes near.</summary>
    public const float Largest = 1e12f;

    /// <summary>Converts interleaved samples as <see cref="IPcmSource"/> gives them.</summary>
    /// <param name="samples">Little-endian samples.</param>
    /// <param name="type">What they are.</param>
    /// <param name="floats">As many floats as there are samples.</param>
    public static void Convert(ReadOnlySpan<byte> samples, SampleType type, Span<float> floats)
    {
        switch (type)
        {
            case SampleType.UInt8:
                for (var i = 0; i < floats.Length; i++) floats[i] = (samples[i] - 128) * (1f / 128);
                break;
            case SampleType.Int16:
                FromInt16(MemoryMarshal.Cast<byte, short>(samples), floats);
                break;
            case SampleType.Int24:
                FromInt24(samples, floats);
                break;
            case SampleType.Float32:
                samples.CopyTo(MemoryMarshal.AsBytes(floats));
                break;
            case SampleType.Int32:
                FromInt32(MemoryMarshal.Cast<byte, int>(samples), floats);
                break;
            default:
                var doubles = MemoryMarshal.Cast<byte, double>(samples);
                for (var i = 0; i < floats.Length; i++) floats[i] = (float)doubles[i];
                break;
        }
    }

    /// <summary>Whether every sample is a number of a size that can be analysed.</summary>
    public static bool AreUsable(ReadOnlySpan<float> floats)
    {
        foreach (var value in floats)
        {
            if (!(MathF.Abs(value) <= Largest)) return false;
        }

        return true;
    }

    /// <summary>Whether every float, as it is stored, is a number: a finite one of 64 bits may be infinite in 32.</summary>
    public static bool AreFinite(ReadOnlySpan<byte> samples, SampleType type) => type == SampleType.Float32
        ? AllFinite(MemoryMarshal.Cast<byte, float>(samples))
        : AllFinite(MemoryMarshal.Cast<byte, double>(samples));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromInt16(ReadOnlySpan<short> samples, Span<float> floats)
    {
        const float Scale = 1f / 32768;
        var width = Vector<short>.Count;
        var i = 0;
        for (; i <= samples.Length - width; i += width)
        {
            Vector.Widen(new Vector<short>(samples[i..]), out var low, out var high);
            (Vector.ConvertToSingle(low) * Scale).CopyTo(floats[i..]);
            (Vector.ConvertToSingle(high) * Scale).CopyTo(floats[(i + width / 2)..]);
        }

        for (; i < samples.Length; i++) floats[i] = samples[i] * Scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromInt24(ReadOnlySpan<byte> samples, Span<float> floats)
    {
        for (var i = 0; i < floats.Length; i++)
        {
            var at = samples.Slice(3 * i, 3);
            floats[i] = ((at[0] << 8) | (at[1] << 16) | (at[2] << 24)) * (1f / 2147483648f);
        }
    }

    private static void FromInt32(ReadOnlySpan<int> samples, Span<float> floats)
    {
        for (var i = 0; i < floats.Length; i++) floats[i] = samples[i] * (1f / 2147483648f);
    }

    private static bool AllFinite<T>(ReadOnlySpan<T> samples) where T : INumberBase<T>
    {
        foreach (var value in samples)
        {
            if (!T.IsFinite(value)) return false;
        }

        return true;
    }
}
