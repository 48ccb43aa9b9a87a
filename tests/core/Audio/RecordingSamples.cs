using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Tests.Audio;

/// <summary>What the features are made from.</summary>
internal static class RecordingSamples
{
    /// <summary>All samples of the mono mix.</summary>
    public static float[] Of(byte[] recording)
    {
        using var stream = new MemoryStream(recording);
        using var sound = Recording.Open(stream);
        var mono = new MonoMix(sound);
        var samples = new float[mono.Length];
        return samples[..mono.Read(samples)];
    }
}
