using System.Runtime.InteropServices;
using NVorbis;

namespace MusicPipeline.Audio.Ogg;

/// <summary>The sound of an Ogg Vorbis file, decoded to floats: as many frames as its last page says.</summary>
/// <param name="reader">The decoder, behind the headers; disposed with this.</param>
/// <param name="summary">What the file is.</param>
internal sealed class VorbisSamples(VorbisReader reader, AudioSummary summary) : IPcmSource
{
    private const int BlockFrames = 8192;

    private readonly float[] _samples = new float[BlockFrames * summary.Channels];
    private long _left = summary.Frames;
    private long _missing;
    private bool _ended;

    /// <inheritdoc/>
    public AudioSummary Summary => _missing == 0 ? summary : summary with
    {
        Warnings =
        [
            .. summary.Warnings,
            $"Of {summary.Frames:N0} frames {_missing:N0} could not be decoded, since pages are damaged or missing: the end is silent.",
        ],
    };

    /// <inheritdoc/>
    public SampleType SampleType => SampleType.Float32;

    /// <inheritdoc/>
    public string SoundChunk => OggReader.Sound;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBlock()
    {
        var frames = (int)Math.Min(_left, BlockFrames);
        if (frames == 0) return [];
        var block = _samples.AsSpan(0, frames * summary.Channels);
        var filled = Decode(block.Length);
        block[filled..].Clear();
        _missing += (block.Length - filled) / summary.Channels;
        _left -= frames;
        return MemoryMarshal.AsBytes(block);
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private int Decode(int wanted)
    {
        var filled = 0;
        while (filled < wanted && !_ended)
        {
            try
            {
                var read = reader.ReadSamples(_samples, filled, wanted - filled);
                _ended = read == 0;
                filled += read;
            }
            catch (Exception exception) when (RecordingFaults.Is(exception))
            {
                _ended = true;
            }
        }

        return filled;
    }
}
