using System.Numerics;

namespace MusicPipeline.Audio.Features;

/// <summary>
/// Short-time Fourier transforms of a stream of samples: frames centred on multiples of the hop and padded with zeros, a
/// periodic Hann window, squared magnitudes. Frames come in groups, as many at once as a vector has lanes.
/// </summary>
internal sealed class Stft
{
    private readonly IMonoSource _source;
    private readonly FrameSpectra _spectra;
    private readonly float[] _samples;
    private readonly int _hop;
    private readonly int _highestBin;
    private long _next;

    /// <param name="source">Mono samples; read to the end.</param>
    /// <param name="spectra">Transforms frames of one length; belongs to this until the last group is done.</param>
    /// <param name="hop">Samples between the centres of two frames, at most a frame's.</param>
    /// <param name="highestBin">Bins above need not be computed.</param>
    public Stft(IMonoSource source, FrameSpectra spectra, int hop, int highestBin)
    {
        (_source, _spectra, _hop, _highestBin) = (source, spectra, hop, highestBin);
        _samples = new float[(FrameSpectra.Lanes - 1) * hop + spectra.Size];
        Frames = FramesOf(source, hop);
        Fill(_samples.AsSpan(spectra.Size / 2));
    }

    /// <summary>Frames in all: one for every hop begun.</summary>
    public long Frames { get; }

    /// <summary>The first frame of the group.</summary>
    public long First { get; private set; }

    /// <summary>Frames of the group, one a lane; fewer than there are lanes only at the end.</summary>
    public int Count { get; private set; }

    /// <summary>Squared magnitudes of the group: entry k holds bin k of every frame. Valid until the next group.</summary>
    public ReadOnlySpan<Vector<double>> Power => _spectra.Power;

    /// <summary>Frames of a source at a hop.</summary>
    public static long FramesOf(IMonoSource source, int hop) => 1 + source.Length / hop;

    /// <summary>Transforms the next group; false after the last.</summary>
    public bool Next()
    {
        if (_next >= Frames) return false;
        First = _next;
        Count = (int)Math.Min(FrameSpectra.Lanes, Frames - First);
        _next += FrameSpectra.Lanes;
        _spectra.Transform(_samples, _hop, _highestBin);
        var advance = FrameSpectra.Lanes * _hop;
        _samples.AsSpan(advance).CopyTo(_samples);
        Fill(_samples.AsSpan(_samples.Length - advance));
        return true;
    }

    private void Fill(Span<float> samples) => samples[_source.Read(samples)..].Clear();
}
