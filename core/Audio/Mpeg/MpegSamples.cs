using System.Runtime.InteropServices;
using MusicPipeline.Audio.Chunks;
using NLayer;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>The sound of an MP3 file, decoded frame by frame to floats.</summary>
/// <param name="stream">The file, left open.</param>
/// <param name="summary">What it is.</param>
/// <param name="first">Header of its first frame.</param>
/// <param name="start">Position of the first frame that holds sound.</param>
/// <param name="skipped">Decoded samples of a channel that are the encoder's own and left out at the start.</param>
internal sealed class MpegSamples(Stream stream, AudioSummary summary, MpegHeader first, long start, int skipped) : IPcmSource
{
    private readonly MpegFrameDecoder _decoder = new();
    private readonly MpegFrame _frame = new();
    private readonly float[] _samples = new float[2 * MpegHeader.MostSamples];
    private ChunkCursor? _cursor;
    private MpegWalk? _walk;
    private long _left = summary.Frames;
    private int _skipped = skipped;
    private long _damaged;

    /// <inheritdoc/>
    public AudioSummary Summary => _damaged == 0 ? summary : summary with
    {
        Warnings = [.. summary.Warnings, $"{_damaged:N0} frames of MP3 are damaged, or need others that are not there, and are silent."],
    };

    /// <inheritdoc/>
    public SampleType SampleType => SampleType.Float32;

    /// <inheritdoc/>
    public string SoundChunk => MpegReader.Sound;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBlock()
    {
        _cursor ??= new ChunkCursor(stream) { Position = start };
        _walk ??= new MpegWalk(_cursor, first);
        while (_left > 0)
        {
            var header = _walk.Next() ?? throw new EndOfStreamException();
            Decode(header, _cursor.Peek(header.Length));
            _cursor.Position += header.Length;
            var from = Math.Min(_skipped, header.Samples);
            _skipped -= from;
            var count = (int)Math.Min(_left, header.Samples - from);
            if (count == 0) continue;
            _left -= count;
            return MemoryMarshal.AsBytes(_samples.AsSpan(from * header.Channels, count * header.Channels));
        }

        return [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Decode(MpegHeader header, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < header.Length) throw new EndOfStreamException();
        _frame.Fill(header, bytes);
        try
        {
            if (_decoder.DecodeFrame(_frame, _samples, 0) == header.Samples * header.Channels) return;
        }
        catch (Exception exception) when (RecordingFaults.Is(exception))
        {
            _decoder.Reset();
        }

        _damaged++;
        Array.Clear(_samples);
    }
}
