namespace MusicPipeline.Audio;

/// <summary>
/// The sound of a recording of whatever format: what it is, and its samples decoded without loss, block by block, read once
/// from the start.
/// </summary>
public interface IPcmSource : IDisposable
{
    /// <summary>
    /// Format, channels, rate (Hz), bits, frames, text and warnings: known before the first block is read, except for warnings
    /// about the samples themselves.
    /// </summary>
    AudioSummary Summary { get; }

    /// <summary>What each decoded sample is.</summary>
    SampleType SampleType { get; }

    /// <summary>What errors call the part of the file that holds the samples: <c>SSND</c>, <c>data</c>, <c>MP3</c> or <c>Ogg</c>.</summary>
    string SoundChunk { get; }

    /// <summary>The next frames, channels interleaved and little-endian, valid until the next call; empty at the end.</summary>
    /// <exception cref="EndOfStreamException">The file got shorter while it was read.</exception>
    ReadOnlySpan<byte> ReadBlock();
}
