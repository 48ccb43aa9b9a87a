using MusicPipeline.Audio.Recordings;
using MusicPipeline.Audio.Resampling;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Features;

/// <summary>Features of a recording, straight from its file.</summary>
public static class AudioFeatures
{
    /// <summary>The rate that librosa loads recordings at, in Hz.</summary>
    public const double LibrosaRate = 22050;

    /// <summary>The mel power spectrogram of a recording's mono mix.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="targetRate">Rate to resample to, in Hz; null analyses at the recording's own.</param>
    /// <param name="options">Frame, hop, bands and edges; librosa's defaults where null.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <returns>Power, bands x frames; see <see cref="Decibels.FromPower"/> and <see cref="Mfcc.FromDecibels"/>.</returns>
    /// <exception cref="InputException">The recording cannot be read, holds no frame, or is too long for one spectrogram.</exception>
    public static MelSpectrogram MelPower(
        Stream recording,
        double? targetRate = LibrosaRate,
        MelOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var sound = Recording.Open(recording).WithSound();
        var mono = new MonoMix(sound);
        IMonoSource source = targetRate is { } rate ? Resampler.To(mono, rate) : mono;
        return Spectrogram.Mel(source, options, cancellationToken);
    }
}
