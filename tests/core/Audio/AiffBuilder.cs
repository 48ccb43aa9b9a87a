using System.Buffers.Binary;
using System.Text;

namespace MusicPipeline.Tests.Audio;

/// <summary>Writes AIFF and AIFF-C files of any shape, right or wrong.</summary>
internal sealed class AiffBuilder
{
    private readonly List<byte[]> _chunks = [];

    public string Type { get; init; } = "AIFF";

    public static byte[] Simple(byte[] sound, int channels = 1, int bits = 16, double rate = 44100, string? compression = null)
    {
        var unit = compression switch
        {
            "fl32" or "FL32" or "in32" or "23ni" => 4,
            "fl64" or "FL64" => 8,
            "in24" or "42n1" => 3,
            "ulaw" or "alaw" or "raw " => 1,
            "ima4" => 34,
            _ => (bits + 7) / 8,
        };
        return new AiffBuilder { Type = compression is null ? "AIFF" : "AIFC" }
            .Common(channels, sound.Length / (unit * channels), bits, rate, compression)
            .Sound(sound)
            .Build();
    }

    public AiffBuilder Common(int channels, long frames, int bits, double rate, string? compression = null)
    {
        var body = new byte[18 + (compression is null ? 0 : 6)];
        BinaryPrimitives.WriteInt16BigEndian(body, (short)channels);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(2), (uint)frames);
        BinaryPrimitives.WriteInt16BigEndian(body.AsSpan(6), (short)bits);
        Extended(rate).CopyTo(body, 8);
        if (compression is not null) Encoding.Latin1.GetBytes(compression, body.AsSpan(18));
        return Chunk("COMM", body);
    }

    public AiffBuilder Sound(byte[] sound, uint offset = 0)
    {
        var body = new byte[8 + offset + sound.Length];
        BinaryPrimitives.WriteUInt32BigEndian(body, offset);
        sound.CopyTo(body, 8 + offset);
        return Chunk("SSND", body);
    }

    public AiffBuilder Chunk(string id, byte[] body, uint? size = null, bool pad = true)
    {
        var chunk = new byte[8 + body.Length + (pad ? body.Length & 1 : 0)];
        Encoding.Latin1.GetBytes(id, chunk);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), size ?? (uint)body.Length);
        body.CopyTo(chunk, 8);
        _chunks.Add(chunk);
        return this;
    }

    public AiffBuilder Bytes(params byte[] bytes)
    {
        _chunks.Add(bytes);
        return this;
    }

    public AiffBuilder Shuffle(int seed)
    {
        var order = _chunks.ToArray();
        new Random(seed).Shuffle(order);
        _chunks.Clear();
        _chunks.AddRange(order);
        return this;
    }

    public byte[] Build()
    {
        var body = _chunks.SelectMany(c => c).ToArray();
        var form = new byte[12];
        Encoding.Latin1.GetBytes("FORM", form);
        BinaryPrimitives.WriteUInt32BigEndian(form.AsSpan(4), (uint)(4 + body.Length));
        Encoding.Latin1.GetBytes(Type, form.AsSpan(8));
        return [.. form, .. body];
    }

    /// <summary>An 80-bit extended float.</summary>
    public static byte[] Extended(double value)
    {
        var bytes = new byte[10];
        if (value == 0) return bytes;
        var exponent = Math.ILogB(value);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(exponent + 16383));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)Math.ScaleB(value, 63 - exponent));
        return bytes;
    }
}
