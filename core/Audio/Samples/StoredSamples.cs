using System.Buffers;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Samples;

/// <summary>Reads the sound of a recording block by block, decoded to what a WAV file stores: little-endian, interleaved.</summary>
internal sealed class SampleReader : IDisposable
{
    // Small enough for both blocks to stay in the second-level cache, large enough to make system calls rare.
    private const int BlockBytes = 256 * 1024;
    private readonly Stream _stream;
    private readonly SampleLayout _layout;
    private readonly int _unitsPerBlock;
    private readonly ImaAdpcm[] _adpcm;
    private byte[]? _stored;
    private byte[]? _decoded;
    private long _unitsLeft;

    public SampleReader(Stream stream, SoundFile file)
    {
        _stream = stream;
        _layout = file.Layout;
        _unitsLeft = file.Frames / _layout.FramesPerUnit;
        _unitsPerBlock = Math.Max(1, BlockBytes / Math.Max(_layout.UnitBytes, _layout.DecodedFrameBytes * _layout.FramesPerUnit));
        _stored = ArrayPool<byte>.Shared.Rent(_unitsPerBlock * _layout.UnitBytes);
        _decoded = ArrayPool<byte>.Shared.Rent(_unitsPerBlock * _layout.FramesPerUnit * _layout.DecodedFrameBytes);
        _adpcm = _layout.Encoding == SampleEncoding.ImaAdpcm ? new ImaAdpcm[_layout.Channels] : [];
        if (_unitsLeft > 0 && stream.Position != file.DataOffset) stream.Position = file.DataOffset;
    }

    /// <summary>Packets of IMA ADPCM whose header was out of range.</summary>
    public long DamagedPackets { get; private set; }

    /// <summary>The next frames, valid until the next call; empty at the end.</summary>
    /// <exception cref="EndOfStreamException">The stream got shorter while it was read.</exception>
    public ReadOnlySpan<byte> ReadBlock()
    {
        ObjectDisposedException.ThrowIf(_stored is null || _decoded is null, this);
        var units = (int)Math.Min(_unitsLeft, _unitsPerBlock);
        if (units == 0) return [];
        _unitsLeft -= units;
        var stored = _stored.AsSpan(0, units * _layout.UnitBytes);
        _stream.ReadExactly(stored);
        if (_layout is { Compressed: false, BigEndian: false } && !SignedBytes) return stored;

        var decoded = _decoded.AsSpan(0, units * _layout.FramesPerUnit * _layout.DecodedFrameBytes);
        Decode(stored, decoded);
        return decoded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stored is null || _decoded is null) return;
        ArrayPool<byte>.Shared.Return(_stored);
        ArrayPool<byte>.Shared.Return(_decoded);
        _stored = _decoded = null;
    }

    private bool SignedBytes => _layout is { Encoding: SampleEncoding.SignedInteger, StoredBytes: 1 };

    private void Decode(ReadOnlySpan<byte> stored, Span<byte> decoded)
    {
        if (_layout.Encoding is SampleEncoding.MuLaw or SampleEncoding.ALaw)
        {
            var table = G711.Samples(_layout.Encoding);
            var samples = MemoryMarshal.Cast<byte, short>(decoded);
            for (var i = 0; i < stored.Length; i++) samples[i] = table[stored[i]];
        }
        else if (_layout.Encoding == SampleEncoding.ImaAdpcm)
            DecodePackets(stored, MemoryMarshal.Cast<byte, short>(decoded));
        else if (SignedBytes)
            ByteOrder.SignedToUnsigned(stored, decoded);
        else
            ByteOrder.Reverse(stored, decoded, _layout.StoredBytes);
    }

    private void DecodePackets(ReadOnlySpan<byte> stored, Span<short> samples)
    {
        var channels = _layout.Channels;
        for (var packet = 0; packet * ImaAdpcm.PacketBytes < stored.Length; packet++)
        {
            var channel = packet % channels;
            var first = packet / channels * ImaAdpcm.PacketFrames * channels + channel;
            var bytes = stored.Slice(packet * ImaAdpcm.PacketBytes, ImaAdpcm.PacketBytes);
            if (!_adpcm[channel].Decode(bytes, samples[first..], channels)) DamagedPackets++;
        }
    }
}
