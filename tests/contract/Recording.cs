using System.Buffers.Binary;
using System.Text;

namespace MusicPipeline.Contract.Tests;

/// <summary>Recordings made by hand: AIFF with one tone of 16 bits at 44,100 Hz.</summary>
internal static class Recording
{
    public const int Rate = 44_100;

    /// <summary>A tone; its samples are frames x channels.</summary>
    public static (byte[] Aiff, short[] Samples) Tone(double frequency = 440, int channels = 1, double seconds = 0.2)
    {
        var frames = (int)(seconds * Rate);
        var samples = new short[frames * channels];
        for (var index = 0; index < samples.Length; index++)
            samples[index] = (short)Math.Round(12_000 * Math.Sin(2 * Math.PI * frequency * (index / channels) / Rate));
        var sound = new byte[8 + (2 * samples.Length)];
        for (var index = 0; index < samples.Length; index++)
            BinaryPrimitives.WriteInt16BigEndian(sound.AsSpan(8 + (2 * index)), samples[index]);
        return (Form([.. Chunk("COMM", Common(channels, frames)), .. Chunk("SSND", sound)]), samples);
    }

    /// <summary>A recording whose COMM chunk says that it has no channel.</summary>
    public static byte[] WithoutChannels() => Form([.. Chunk("COMM", Common(0, 100)), .. Chunk("SSND", new byte[208])]);

    private static byte[] Form(byte[] chunks) => Chunk("FORM", [.. "AIFF"u8, .. chunks]);

    private static byte[] Chunk(string id, byte[] content)
    {
        var chunk = new byte[8 + content.Length + (content.Length % 2)];
        Encoding.ASCII.GetBytes(id, chunk);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), content.Length);
        content.CopyTo(chunk, 8);
        return chunk;
    }

    private static byte[] Common(int channels, int frames)
    {
        var common = new byte[18];
        BinaryPrimitives.WriteInt16BigEndian(common, (short)channels);
        BinaryPrimitives.WriteInt32BigEndian(common.AsSpan(2), frames);
        BinaryPrimitives.WriteInt16BigEndian(common.AsSpan(6), 16);

        // 44,100 as an 80-bit extended float: exponent 15 (biased by 16383), then the significand.
        BinaryPrimitives.WriteUInt16BigEndian(common.AsSpan(8), 16_383 + 15);
        BinaryPrimitives.WriteUInt64BigEndian(common.AsSpan(10), (ulong)Rate << 48);
        return common;
    }
}
