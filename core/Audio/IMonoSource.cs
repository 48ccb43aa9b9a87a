namespace MusicPipeline.Audio;

/// <summary>A stream of mono samples, full scale at ±1, read once from the start.</summary>
public interface IMonoSource
{
    /// <summary>Samples per second, in Hz.</summary>
    double SampleRate { get; }

    /// <summary>Samples in all.</summary>
    long Length { get; }

    /// <summary>Fills the buffer as far as samples are left.</summary>
    /// <param name="buffer">Where the next samples go.</param>
    /// <returns>Samples written: fewer than asked only at the end, then 0.</returns>
    int Read(Span<float> buffer);
}
