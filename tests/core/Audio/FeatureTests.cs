using CsCheck;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class FeatureTests
{
    private const double TwoPi = 2 * Math.PI;

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(2048)]
    [InlineData(4096)]
    public void Power_Equals_The_Definition(int size)
    {
        var hop = size / 4;
        var samples = Noise((FrameSpectra.Lanes - 1) * hop + size);
        var spectra = new FrameSpectra(size);
        spectra.Transform(samples, hop, size / 2);
        for (var lane = 0; lane < FrameSpectra.Lanes; lane++)
        {
            var frame = Windowed(samples.AsSpan(lane * hop, size));
            foreach (var bin in new[] { 0, 1, 2, size / 8, size / 4, size / 2 - 1, size / 2 })
            {
                var re = frame.Select((v, n) => v * Math.Cos(TwoPi * bin * n / size)).Sum();
                var im = frame.Select((v, n) => v * Math.Sin(TwoPi * bin * n / size)).Sum();
                Assert.Equal(re * re + im * im, spectra.Power[bin][lane], 1e-9 * size);
            }
        }
    }

    [Fact]
    public void Power_Obeys_Parseval()
    {
        Gen.Float[-1, 1].Array[(FrameSpectra.Lanes - 1) * 16 + 256].Sample(samples =>
        {
            var spectra = new FrameSpectra(256);
            spectra.Transform(samples, 16, 128);
            for (var lane = 0; lane < FrameSpectra.Lanes; lane++)
            {
                var time = Windowed(samples.AsSpan(lane * 16, 256)).Sum(v => v * v);
                var frequency = spectra.Power[0][lane] + spectra.Power[128][lane];
                for (var bin = 1; bin < 128; bin++) frequency += 2 * spectra.Power[bin][lane];
                Assert.Equal(time, frequency / 256, 1e-9);
            }
        });
    }

    [Theory]
    [InlineData(220)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void A_Tone_Is_Loudest_In_Its_Band(double frequency)
    {
        var tone = Enumerable.Range(0, 22050).Select(n => (float)Math.Sin(TwoPi * frequency * n / 22050)).ToArray();
        var mel = Spectrogram.Mel(new ArrayMonoSource(tone, 22050));
        var column = Enumerable.Range(0, mel.Bands).Select(band => mel.Values[band * mel.Frames + 20]).ToArray();
        var edges = MelScale.Frequencies(128, 0, 8000);
        var loudest = Array.IndexOf(column, column.Max());
        Assert.InRange(frequency, edges[loudest], edges[loudest + 2]);
    }

    [Fact]
    public void There_Is_A_Frame_For_Every_Hop_Begun()
    {
        Gen.Int[0, 6000].Sample(length =>
        {
            var mel = Spectrogram.Mel(new ArrayMonoSource(new float[length], 8000));
            Assert.Equal(1 + length / 512, mel.Frames);
            Assert.All(mel.Values, v => Assert.Equal(0, v));
        });
    }

    [Fact]
    public void Filters_Equal_Librosa()
    {
        var expected = NpyArray.Read(RepositoryPaths.Shared("reference", "mel_filter_22050_2048_128_0_8000.npy"));
        var bank = new MelFilterBank(22050, new MelOptions());
        for (var band = 0; band < 128; band++)
        {
            var row = new double[1025];
            bank.Weights(band).CopyTo(row.AsSpan(bank.FirstBin(band)));
            for (var bin = 0; bin < row.Length; bin++) Assert.Equal(expected[band * 1025 + bin], row[bin], 1e-8);
        }
    }

    [Theory]
    [InlineData("edge_short_8k", 8000)]
    [InlineData("uiowa_flute_vib_ff_A4", 22050)]
    [InlineData("uiowa_flute_vib_ff_A4", 44100)]
    public void Features_Equal_Librosa(string recording, int rate)
    {
        var samples = NpyArray.ReadSingle(RepositoryPaths.Shared("reference", recording, $"mono_{rate}_f32.npy"));
        var folder = RepositoryPaths.Shared("reference", recording, $"{rate}_constant");
        var power = NpyArray.Read(Path.Combine(folder, "mel_power.librosa_f32.npy"));
        var mel = Spectrogram.Mel(new ArrayMonoSource(samples, rate));
        Assert.Equal(power.Length, mel.Values.Length);
        AssertClose(power, mel.Values, 1e-6 * power.Max());
        var decibels = Decibels.FromPower(mel);
        AssertClose(NpyArray.Read(Path.Combine(folder, "mel_db.librosa_f32.npy")), decibels.Values, 1e-4);
        AssertClose(NpyArray.Read(Path.Combine(folder, "mfcc20.librosa_f32.npy")), Mfcc.FromDecibels(decibels), 2e-3);
    }

    [Fact]
    public void Librosas_Own_Mfcc_Reaches_To_Half_Of_The_Rate()
    {
        var folder = RepositoryPaths.Shared("reference", "uiowa_flute_vib_ff_A4");
        var samples = NpyArray.ReadSingle(Path.Combine(folder, "mono_44100_f32.npy"));
        var mel = Spectrogram.Mel(new ArrayMonoSource(samples, 44100), new MelOptions { MaxFrequency = 22050 });
        var mfcc = Mfcc.FromDecibels(Decibels.FromPower(mel));
        AssertClose(NpyArray.Read(Path.Combine(folder, "mfcc20_librosa_defaults_44100.npy")), mfcc, 2e-3);
    }

    [Fact]
    public void Decibels_Are_Cut_Below_The_Maximum()
    {
        var power = new MelSpectrogram([1, 0.01f, 1e-9f, 0], 2, 2, 22050, 512, 0, 8000);
        Assert.Equal([0f, -20, -80, -80], Decibels.FromPower(power).Values);
        Assert.Equal([0f, -20, -90, -100], Decibels.FromPower(power, topDb: null).Values);
    }

    [Fact]
    public void Cosine_Transform_Is_Orthonormal()
    {
        var mel = new MelSpectrogram([.. Noise(16 * 7)], 16, 7, 22050, 512, 0, 8000);
        var all = Mfcc.FromDecibels(mel, 16);
        for (var frame = 0; frame < 7; frame++)
            Assert.Equal(Energy(mel.Values, frame), Energy(all, frame), 1e-5);

        static double Energy(float[] values, int frame) => Enumerable.Range(0, 16).Sum(r => Math.Pow(values[r * 7 + frame], 2));
    }

    [Fact]
    public void Integers_Are_Divided_By_Full_Scale_And_Channels_Averaged()
    {
        Gen.Select(Gen.OneOf(8, 16, 24, 32), Gen.Int[1, 4], Gen.Byte.Array[48, 400]).Sample((bits, channels, bytes) =>
        {
            var sound = bytes[..(bytes.Length / (bits / 8 * channels) * (bits / 8 * channels))];
            var aiff = AiffBuilder.Simple(sound, channels, bits);
            var expected = WavContent.Convert(aiff).Wav.Samples().Chunk(channels).Select(f => f.Average()).ToArray();
            using var recording = Recording.Open(new MemoryStream(aiff));
            var mono = new MusicPipeline.Audio.Samples.MonoMix(recording);
            var samples = new float[expected.Length + 1];
            Assert.Equal(expected.Length, mono.Read(samples));
            AssertClose(expected, samples.AsSpan(0, expected.Length), 2e-7);
        });
    }

    [Fact]
    public void Options_Out_Of_Range_Are_Named()
    {
        var source = new ArrayMonoSource(new float[10], 8000);
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Spectrogram.Mel(source, new MelOptions { FrameLength = 1000 }));
        Assert.Equal("FrameLength", error.ParamName);
    }

    internal static float[] Noise(int length)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private static double[] Windowed(ReadOnlySpan<float> frame)
    {
        var result = new double[frame.Length];
        for (var n = 0; n < result.Length; n++) result[n] = frame[n] * (0.5 - 0.5 * Math.Cos(TwoPi * n / result.Length));
        return result;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
