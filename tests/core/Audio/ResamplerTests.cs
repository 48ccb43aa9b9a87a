using CsCheck;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Resampling;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class ResamplerTests
{
    public static TheoryData<double, double> Rates => new()
    {
        { 44100, 22050 }, { 48000, 22050 }, { 96000, 22050 }, { 8000, 22050 }, { 44056, 22050 },
        { 11127.272727272728, 22050 }, { 22254.5, 44100 }, { 192000, 22050 }, { 16000, 16000 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Tones_Below_90_Percent_Of_Nyquist_Pass_Unchanged(double from, double to)
    {
        foreach (var share in new[] { 0.02, 0.3, 0.6, 0.89 })
        {
            var frequency = share * Math.Min(from, to) / 2;
            var result = Resample(Tone(frequency, from, 40_000), from, to);
            var expected = Tone(frequency, to, result.Length);
            // The ends see the silence around the recording.
            for (var n = result.Length / 4; n < result.Length * 3 / 4; n++) Assert.Equal(expected[n], result[n], 5e-5f);
        }
    }

    [Theory]
    [InlineData(44100, 22050)]
    [InlineData(48000, 22050)]
    [InlineData(44100.5, 22050)]
    public void Tones_Above_Nyquist_Are_100_Decibels_Down(double from, double to)
    {
        foreach (var frequency in new[] { to / 2 * 1.01, to * 0.7, from / 2 * 0.97 })
        {
            var result = Resample(Tone(frequency, from, 40_000), from, to);
            Assert.InRange(Rms(result), 0, 0.7071 * Math.Pow(10, -95 / 20.0));
        }
    }

    [Fact]
    public void A_Constant_Stays_The_Same_Constant()
    {
        Gen.Double[1000, 100_000].Sample(
            from =>
            {
                var result = Resample([.. Enumerable.Repeat(0.5f, 4000)], from, 22050);
                Assert.Equal(0.5f, result[result.Length / 2], 1e-6f);
            },
            iter: 30);
    }

    [Fact]
    public void The_Size_Of_Blocks_Does_Not_Matter()
    {
        var samples = FeatureTests.Noise(50_000);
        foreach (var from in new[] { 44100, 48000, 44100.25 })
        {
            var whole = Resample(samples, from, 22050);
            Gen.Int[1, 9000].Array[1, 12].Sample(
                sizes =>
                {
                    var source = Resampler.To(new ArrayMonoSource(samples, from), 22050);
                    var result = new float[whole.Length];
                    for (int at = 0, i = 0; at < result.Length; i++)
                    {
                        var count = source.Read(result.AsSpan(at, Math.Min(sizes[i % sizes.Length], result.Length - at)));
                        Assert.InRange(count, 1, int.MaxValue);
                        at += count;
                    }

                    Assert.Equal(0, source.Read(new float[1]));
                    Assert.Equal(whole, result);
                },
                iter: 5);
        }
    }

    [Fact]
    public void Length_Is_The_Duration_Rounded_Up()
    {
        Assert.Equal(50, Resampler.To(new ArrayMonoSource(new float[100], 44100), 22050).Length);
        Assert.Equal(51, Resampler.To(new ArrayMonoSource(new float[101], 44100), 22050).Length);
        Assert.Equal(0, Resampler.To(new ArrayMonoSource(Array.Empty<float>(), 44100), 22050).Length);
    }

    [Fact]
    public void The_Same_Rate_Is_The_Same_Source()
    {
        var source = new ArrayMonoSource(new float[1], 22050);
        Assert.Same(source, Resampler.To(source, 22050));
    }

    [Fact]
    public void Resampled_Decibels_Equal_Librosa()
    {
        var folder = RepositoryPaths.Shared("reference", "uiowa_flute_vib_ff_A4");
        var samples = NpyArray.ReadSingle(Path.Combine(folder, "mono_44100_f32.npy"));
        var expected = NpyArray.Read(Path.Combine(folder, "22050_constant", "mel_db.librosa_f32.npy"));
        var source = Resampler.To(new ArrayMonoSource(samples, 44100), AudioFeatures.LibrosaRate);
        var actual = Decibels.FromPower(Spectrogram.Mel(source)).Values;
        var audible = expected.Max() - 60;
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] > audible) Assert.Equal(expected[i], actual[i], 0.01);
        }
    }

    private static float[] Resample(float[] samples, double from, double to)
    {
        var source = Resampler.To(new ArrayMonoSource(samples, from), to);
        var result = new float[source.Length];
        Assert.Equal(result.Length, source.Read(result));
        return result;
    }

    private static float[] Tone(double frequency, double rate, int length) =>
        [.. Enumerable.Range(0, length).Select(n => (float)Math.Sin(2 * Math.PI * frequency * n / rate))];

    private static double Rms(float[] samples)
    {
        var middle = samples[(samples.Length / 4)..(samples.Length * 3 / 4)];
        return Math.Sqrt(middle.Average(v => (double)v * v));
    }
}
