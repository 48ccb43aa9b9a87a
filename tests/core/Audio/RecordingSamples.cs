using MusicPipeline.Audio;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Tests.Audio;

/// <summary>What the features are made from.</summary>
internal static class RecordingSamples
{
    /// <summary>All samples of the mono mix.</summary>
    public static float[] Of(byte[] recording)
    {
        using var stream = new MemoryStream(recording);
        using var mono = new MonoReader(stream, AudioInspector.Open(stream));
        var samples = new float[mono.Length];
        return samples[..mono.Read(samples)];
    }
}
