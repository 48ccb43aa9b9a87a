using System.Runtime.InteropServices;
using NVorbis;

namespace MusicPipeline.Audio.Ogg;

/// <summary>The sound of an Ogg Vorbis file, decoded to floats: of each stream as many frames as its last page says.</summary>
/// <param name="links">The streams, one behind the other.</param>
/// <param name="summary">What the file is.</param>
internal sealed class VorbisSamples(IReadOnlyList<OggLink> links, AudioSummary summary) : IPcmSource
{
    private const int BlockFrames = 8192;

    private readonly float[] _samples = new float[BlockFrames * summary.Channels];
    private VorbisReader? _reader;
    private int _opened;
    private long _left;
    private long _missing;
    private bool _ended;

    /// <inheritdoc/>
    public AudioSummary Summary => _missing == 0 ? summary : summary with
    {
        Warnings =
        [
            .. summary.Warnings,
            $"Of {summary.Frames:N0} frames {_missing:N0} could not be decoded, since pages are damaged or missing: there it is silent.",
        ],
    };

    /// <inheritdoc/>
    public SampleType SampleType => SampleType.Float32;

    /// <inheritdoc/>
    public string SoundChunk => OggReader.Sound;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> ReadBlock()
    {
        while (_left == 0)
        {
            if (_opened == links.Count) return [];
            Open(links[_opened++]);
        }

        var frames = (int)Math.Min(_left, BlockFrames);
        var block = _samples.AsSpan(0, frames * summary.Channels);
        var filled = Decode(block.Length);
        block[filled..].Clear();
        _missing += (block.Length - filled) / summary.Channels;
        _left -= frames;
        return MemoryMarshal.AsBytes(block);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();

    private void Open(OggLink link)
    {
        _reader?.Dispose();
        // What could be opened before can be again, unless the file has changed.
        _reader = OggLink.Open(link.Part);
        _left = link.Frames;
        _ended = false;
    }

    private int Decode(int wanted)
    {
        var filled = 0;
        while (filled < wanted && !_ended)
        {
            try
            {
                var read = _reader!.ReadSamples(_samples, filled, wanted - filled);
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
