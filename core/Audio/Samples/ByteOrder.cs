using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MusicPipeline.Audio.Samples;

/// <summary>Turns big-endian samples into little-endian ones, and signed bytes into unsigned ones.</summary>
internal static class ByteOrder
{
    private static Vector128<byte> Reversed24 => Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 15);

    /// <summary>Reverses the bytes of samples of 1 to 8 bytes.</summary>
    public static void Reverse(ReadOnlySpan<byte> source, Span<byte> target, int sampleBytes)
    {
        switch (sampleBytes)
        {
            case 1:
                source.CopyTo(target);
                break;
            case 2:
                BinaryPrimitives.ReverseEndianness(Cast<ushort>(source), Cast<ushort>(target));
                break;
            case 3:
                Reverse24(source, target);
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(Cast<uint>(source), Cast<uint>(target));
                break;
            case 8:
                BinaryPrimitives.ReverseEndianness(Cast<ulong>(source), Cast<ulong>(target));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(sampleBytes), sampleBytes, "Samples have 1 to 4 or 8 bytes.");
        }
    }

    /// <summary>Moves signed 8-bit samples to offset binary, which WAV asks for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SignedToUnsigned(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var offset = Vector256.Create((byte)0x80);
        var i = 0;
        for (; i <= source.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            (Vector256.Create(source[i..]) ^ offset).CopyTo(target[i..]);
        for (; i < source.Length; i++) target[i] = (byte)(source[i] ^ 0x80);
    }

    // A short conversion is over before the tiered compiler would come back to this loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reverse24(ReadOnlySpan<byte> source, Span<byte> target)
    {
        // 5 samples a step; the sixteenth byte is written again by the next one.
        var order = Reversed24;
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += 15)
            Vector128.Shuffle(Vector128.Create(source[i..]), order).CopyTo(target[i..]);
        for (; i < source.Length; i += 3)
            (target[i], target[i + 1], target[i + 2]) = (source[i + 2], source[i + 1], source[i]);
    }

    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> bytes) where T : struct => MemoryMarshal.Cast<byte, T>(bytes);

    private static Span<T> Cast<T>(Span<byte> bytes) where T : struct => MemoryMarshal.Cast<byte, T>(bytes);
}
