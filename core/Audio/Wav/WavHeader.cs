using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio.Wav;

/// <summary>
/// Everything of a WAV file that comes before its samples. All sizes are known before the first byte is written, so the
/// file can go to a stream that cannot seek; beyond 4 GiB it is an RF64 file.
/// </summary>
internal static class WavHeader
{
    private const uint Unknown32 = uint.MaxValue;

    /// <summary>The header for the samples of a recording.</summary>
    public static byte[] Create(IPcmSource sound)
    {
        using var body = new MemoryStream();
        var (summary, type) = (sound.Summary, sound.SampleType);
        WriteFormat(body, summary, type);
        if (type.IsFloat()) WriteChunk(body, "fact", UInt32((uint)Math.Min(summary.Frames, Unknown32)));
        WriteInfo(body, summary.Text);

        var data = sound.DecodedBytes();
        var riffSize = 4 + body.Length + 8 + data + (data & 1);
        using var header = new MemoryStream();
        if (riffSize < Unknown32)
        {
            WriteHead(header, "RIFF", (uint)riffSize);
            header.Write("WAVE"u8);
        }
        else
        {
            WriteHead(header, "RF64", Unknown32);
            header.Write("WAVE"u8);
            WriteChunk(header, "ds64", SizesOf64Bits(riffSize + 36, data, summary.Frames));
        }

        body.WriteTo(header);
        WriteHead(header, "data", riffSize < Unknown32 ? (uint)data : Unknown32);
        return header.ToArray();
    }

    /// <summary>The rate that fits the header's whole number: rounded, at least 1 Hz.</summary>
    public static uint Rate(double sampleRate) => (uint)Math.Max(1, Math.Round(sampleRate, MidpointRounding.AwayFromZero));

    private static void WriteFormat(Stream target, AudioSummary summary, SampleType type)
    {
        var (channels, frameBytes) = (summary.Channels, summary.Channels * type.Bytes());
        var tag = type.IsFloat() ? WavTags.Float : WavTags.Pcm;
        var containerBits = type.Bytes() * 8;
        var extensible = channels > 2
            || summary.BitsPerSample != containerBits
            || (tag == WavTags.Pcm && containerBits > 16);
        var rate = Rate(summary.SampleRate);
        var length = extensible ? 40 : tag == WavTags.Pcm ? 16 : 18;

        Span<byte> format = stackalloc byte[40];
        format.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(format, extensible ? WavTags.Extensible : tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format[2..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(format[4..], rate);
        BinaryPrimitives.WriteUInt32LittleEndian(format[8..], (uint)Math.Min((long)rate * frameBytes, uint.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(format[12..], (ushort)frameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(format[14..], (ushort)containerBits);
        if (extensible)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(format[16..], 22);
            BinaryPrimitives.WriteUInt16LittleEndian(format[18..], (ushort)summary.BitsPerSample);
            BinaryPrimitives.WriteUInt32LittleEndian(format[20..], Speakers(channels));
            BinaryPrimitives.WriteUInt16LittleEndian(format[24..], tag);
            WavTags.SubFormatTail.CopyTo(format[26..]);
        }

        WriteChunk(target, "fmt ", format[..length]);
    }

    /// <summary>Speaker positions; beyond stereo AIFF leaves them open, so none are assigned.</summary>
    private static uint Speakers(int channels) => channels switch { 1 => 0x4, 2 => 0x3, _ => 0 };

    private static void WriteInfo(Stream target, AudioText text)
    {
        using var list = new MemoryStream();
        list.Write("INFO"u8);
        string?[] values = [text.Name, text.Author, text.Copyright, text.Annotation];
        for (var i = 0; i < values.Length; i++)
        {
            if (!string.IsNullOrEmpty(values[i])) WriteChunk(list, WavTags.InfoIds[i], Encoding.UTF8.GetBytes(values[i] + '\0'));
        }

        if (list.Length > 4) WriteChunk(target, "LIST", list.ToArray());
    }

    private static byte[] SizesOf64Bits(long riff, long data, long frames)
    {
        var sizes = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(sizes, riff);
        BinaryPrimitives.WriteInt64LittleEndian(sizes.AsSpan(8), data);
        BinaryPrimitives.WriteInt64LittleEndian(sizes.AsSpan(16), frames);
        return sizes;
    }

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static void WriteHead(Stream target, string id, uint size)
    {
        target.Write(Encoding.ASCII.GetBytes(id));
        target.Write(UInt32(size));
    }

    private static void WriteChunk(Stream target, string id, ReadOnlySpan<byte> body)
    {
        WriteHead(target, id, (uint)body.Length);
        target.Write(body);
        if (body.Length % 2 == 1) target.WriteByte(0);
    }
}
