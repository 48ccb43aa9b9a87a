using System.Buffers;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Samples;

/// <summary>Sound that stands in a file sample after sample, or packet after packet, in one place.</summary>
internal sealed class StoredSamples : IPcmSource
{
    // Small enough for both blocks to stay in the second-level cache, large enough to make system calls rare.
    private const int BlockBytes = 256 * 1024;
    private readonly Stream _stream;
    private readonly AudioSummary _summary;
    private readonly SampleLayout _layout;
    private readonly long _start;
    private readonly int _unitsPerBlock;
    private readonly ImaAdpcm[] _adpcm;
    private byte[]? _stored;
    private byte[]? _decoded;
    private long _unitsLeft;
    private long _damagedPackets;
    private bool _disposed;

    /// <param name="stream">The file; positioned when the first block is read, and left open.</param>
    /// <param name="soundChunk">The chunk that holds the samples.</param>
    /// <param name="summary">What the header says.</param>
    /// <param name="layout">How the samples are stored.</param>
    /// <param name="start">Position of the first sample.</param>
    public StoredSamples(Stream stream, string soundChunk, AudioSummary summary, SampleLayout layout, long start)
    {
        (_stream, SoundChunk, _summary, _layout, _start) = (stream, soundChunk, summary, layout, start);
        _unitsLeft = summary.Frames / layout.FramesPerUnit;
        _unitsPerBlock = Math.Max(1, BlockBytes / Math.Max(layout.UnitBytes, layout.DecodedFrameBytes * layout.FramesPerUnit));
        _adpcm = layout.Encoding == SampleEncoding.ImaAdpcm ? new ImaAdpcm[layout.Channels] : [];
    }

    /// <inheritdoc/>
    public string SoundChunk { get; }

    /// <inheritdoc/>
    public SampleType SampleType => _layout.Decoded;

    /// <inheritdoc/>
    public AudioSummary Summary => _damagedPackets == 0
        ? _summary
        : _summary with { Warnings = [.. _summary.Warnings, $"{_damagedPackets:N0} packets of IMA ADPCM have a damaged header."] };

    private bool SignedBytes => _layout is { Encoding: SampleEncoding.SignedInteger, StoredBytes: 1 };

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBlock()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_stored is null || _decoded is null)
        {
            _stored = ArrayPool<byte>.Shared.Rent(_unitsPerBlock * _layout.UnitBytes);
            _decoded = ArrayPool<byte>.Shared.Rent(_unitsPerBlock * _layout.FramesPerUnit * _layout.DecodedFrameBytes);
            if (_unitsLeft > 0 && _stream.Position != _start) _stream.Position = _start;
        }

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
        _disposed = true;
        if (_stored is null || _decoded is null) return;
        ArrayPool<byte>.Shared.Return(_stored);
        ArrayPool<byte>.Shared.Return(_decoded);
        _stored = _decoded = null;
    }

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
            if (!_adpcm[channel].Decode(bytes, samples[first..], channels)) _damagedPackets++;
        }
    }
}
