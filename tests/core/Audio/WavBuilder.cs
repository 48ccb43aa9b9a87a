using System.Buffers.Binary;
using System.Text;

namespace MusicPipeline.Tests.Audio;

/// <summary>Writes WAV files of any shape, right or wrong.</summary>
internal sealed class WavBuilder
{
    private readonly List<byte> _chunks = [];

    public WavBuilder Format(int channels = 1, int bits = 16, int? frameBytes = null, int tag = 1, int rate = 44100)
    {
        var body = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(12), (ushort)(frameBytes ?? channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(14), (ushort)bits);
        return Chunk("fmt ", body);
    }

    public WavBuilder Chunk(string id, byte[] body, uint? size = null, bool pad = true)
    {
        var head = new byte[8];
        Encoding.Latin1.GetBytes(id, head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), size ?? (uint)body.Length);
        return Bytes([.. head, .. body, .. new byte[pad ? body.Length & 1 : 0]]);
    }

    public WavBuilder Bytes(params byte[] bytes)
    {
        _chunks.AddRange(bytes);
        return this;
    }

    public byte[] Build(string id = "RIFF", uint? size = null)
    {
        var head = new byte[12];
        Encoding.Latin1.GetBytes(id, head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), size ?? (uint)(4 + _chunks.Count));
        Encoding.Latin1.GetBytes("WAVE", head.AsSpan(8));
        return [.. head, .. _chunks];
    }
}
