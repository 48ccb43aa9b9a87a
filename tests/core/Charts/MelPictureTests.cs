using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Reports.Charts;
using ScottPlot.TickGenerators;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class MelPictureTests
{
    private const int Bands = 128;

    [Theory]
    [InlineData(440, 0.5)]
    [InlineData(3000, 2.0)]
    public void Shows_A_Tone_At_Its_Time_And_Frequency(double hertz, double seconds)
    {
        var mel = Silence(frames: 130);
        var band = Array.FindIndex(MelScale.Frequencies(Bands, 0, 8000), f => f >= hertz) - 1;
        var frame = (int)Math.Round(seconds / mel.SecondsPerFrame);
        mel.Values[(band * mel.Frames) + frame] = 0;

        var result = MelPicture.Draw(mel, "tone");

        using var picture = new Picture(result.Png);
        var x = result.Left + (int)((result.Right - result.Left) * frame * mel.SecondsPerFrame / result.Seconds);
        var share = (band + 1) / (Bands + 1.0);
        var y = result.Bottom - (int)Math.Round((result.Bottom - result.Top) * share);
        Assert.True(picture.Brightness(x, y) > 500, "the tone's pixel is bright");
        Assert.True(picture.Brightness(x, y - 12) < 60, "the bands above are dark");
        Assert.True(picture.Brightness(x + 30, y) < 60, "the frames after are dark");
    }

    [Fact]
    public void Says_Where_The_Data_Lies()
    {
        var result = MelPicture.Draw(Silence(frames: 217), "silence");

        using var picture = new Picture(result.Png);
        Assert.Equal((1200, picture.Height), (picture.Width, result.Height));
        Assert.Equal(216 * 512 / 22050.0, result.Seconds, 9);
        foreach (var (x, y) in new[] { (result.Left + 3, result.Top + 2), (result.Right - 3, result.Bottom - 3) })
            Assert.True(picture.Brightness(x, y) < 60, "silence is dark inside");
        Assert.Equal(765, picture.Brightness(result.Right + 6, result.Top + 50));
    }

    [Fact]
    public void Keeps_A_Single_Loud_Frame_Of_A_Long_Recording()
    {
        var mel = Silence(frames: 100_003);
        mel.Values[(40 * mel.Frames) + 77_777] = 5;

        var pooled = MelPicture.Pool(mel, 948);

        Assert.Equal(0, pooled[40, (int)(77_777.5 / 100_002 * 948)]);
        Assert.Equal(1, pooled.Cast<double>().Count(level => level > -80));
    }

    [Fact]
    public void Pools_Every_Frame_Into_Some_Column()
    {
        foreach (var frames in new[] { 1, 2, 3, 947, 948, 949, 1500, 5000 })
        {
            for (var loud = 0; loud < frames; loud += Math.Max(1, frames / 97))
            {
                var mel = Silence(frames, bands: 1);
                mel.Values[loud] = 0;
                Assert.Contains(0, MelPicture.Pool(mel, 948).Cast<double>());
            }
        }
    }

    [Fact]
    public void Draws_Single_Frames_Silence_And_Values_That_Are_No_Numbers()
    {
        var broken = Silence(frames: 3);
        broken.Values[0] = float.NaN;
        broken.Values[1] = float.PositiveInfinity;
        broken.Values[2] = float.NegativeInfinity;

        Assert.Equal(512 / 22050.0, MelPicture.Draw(Silence(frames: 1), "one").Seconds, 9);
        Assert.NotEmpty(MelPicture.Draw(Silence(frames: 1, bands: 1), "").Png);
        Assert.NotEmpty(MelPicture.Draw(broken, "broken").Png);
        Assert.All(MelPicture.Pool(broken, 100).Cast<double>(), level => Assert.InRange(level, -80, 0));
    }

    [Fact]
    public void Refuses_Values_That_Do_Not_Fit() =>
        Assert.Throws<ArgumentException>(() => MelPicture.Draw(new MelSpectrogram(new float[10], 3, 4, 22050, 512, 0, 8000), "x"));

    [Theory]
    [InlineData(0, 8000, "0 128 256 512 1024 2048 4096 8000")]
    [InlineData(0, 11025, "0 128 256 512 1024 2048 4096 8192 11025")]
    [InlineData(300, 4000, "300 512 1024 2048 4000")]
    public void Names_Frequencies_By_Octaves(double min, double max, string expected)
    {
        var ticks = MelFrequencyAxis.Ticks(min, max);
        Assert.Equal(expected, string.Join(' ', Labels(ticks, MelScale.FromHertz(min), MelScale.FromHertz(max))));
    }

    internal static IEnumerable<string> Labels(NumericManual ticks, double min, double max)
    {
        using var paint = ScottPlot.Paint.NewDisposablePaint();
        ticks.Regenerate(new ScottPlot.CoordinateRange(min, max), ScottPlot.Edge.Left, 500, paint, new ScottPlot.LabelStyle());
        return ticks.Ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label);
    }

    private static MelSpectrogram Silence(int frames, int bands = Bands)
    {
        var values = new float[bands * frames];
        Array.Fill(values, -100f);
        return new MelSpectrogram(values, bands, frames, 22050, 512, 0, 8000);
    }
}
