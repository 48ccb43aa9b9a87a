namespace MusicPipeline.Audio;

/// <summary>Mono samples that are in memory already.</summary>
/// <param name="samples">The samples, full scale at ±1.</param>
/// <param name="sampleRate">Samples per second, in Hz.</param>
public sealed class ArrayMonoSource(ReadOnlyMemory<float> samples, double sampleRate) : IMonoSource
{
    private int _position;

    /// <inheritdoc/>
    public double SampleRate => sampleRate;

    /// <inheritdoc/>
    public long Length => samples.Length;

    /// <inheritdoc/>
    public int Read(Span<float> buffer)
    {
        var count = Math.Min(buffer.Length, samples.Length - _position);
        samples.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
