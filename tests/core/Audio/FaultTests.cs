using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>One tone of 2,000 frames in files that are each wrong in another way; ffmpeg, libsndfile or sox read most of them.</summary>
public sealed class FaultTests
{
    private const string Sound = "F01_batch_a.aiff";

    [Theory]
    [InlineData("F02_recorder_killed_libsndfile.aiff", "never filled in", 2000)]
    [InlineData("F04_chunk_id_not_ascii.aiff", "unprintable (0xA96E616D)", 2000)]
    [InlineData("F04_zeros_between_chunks.aiff", "Zero bytes", 2000)]
    [InlineData("F05_id3_in_front.aiff", "ID3", 2000)]
    [InlineData("F06_block_align_in_bits.wav", "16 bytes a frame: 2 are taken", 2000)]
    [InlineData("F08_no_pad_then_unknown_id.aiff", "no pad byte", 2000)]
    [InlineData("F09_bytes_behind_form.aiff", "no chunk (0xFF170319)", 100)]
    public void The_Sound_Is_Read_With_A_Warning(string name, string warning, int frames)
    {
        var file = Read(name);
        var summary = Recording.Inspect(new MemoryStream(file));
        Assert.Equal(frames, summary.Frames);
        Assert.Contains(summary.Warnings, w => w.Contains(warning, StringComparison.Ordinal));
        Assert.Equal(RecordingSamples.Of(Read(Sound))[..frames], RecordingSamples.Of(file));
        Assert.True(Recording.Recognizes(new MemoryStream(file)));
        if (name.EndsWith(".wav", StringComparison.Ordinal)) return;

        var (wav, converted) = WavContent.Convert(file);
        Assert.Equal(WavContent.Convert(Read(Sound)).Wav.Data[..(2 * frames)], wav.Data);
        Assert.Equal(summary.Warnings, converted.Warnings);
    }

    [Fact]
    public void Finite_Samples_Are_Not_Called_Infinite()
    {
        var error = Assert.Throws<AudioFormatException>(() => Mel(Read("F11_float_finite_but_huge.wav")));
        Assert.Equal("data", error.Chunk);
        Assert.Equal(
            "the sound data holds samples beyond ±1E+12, where full scale is ±1; scale them and export the recording again.",
            error.Message);
    }

    [Theory]
    [InlineData("fl32", 1e30f, false)]
    [InlineData("fl64", 1e300, false)]
    [InlineData("fl32", float.PositiveInfinity, true)]
    [InlineData("fl64", double.NegativeInfinity, true)]
    [InlineData("fl64", double.NaN, true)]
    public void Only_What_Is_No_Number_Is_Called_So(string type, double value, bool named)
    {
        var sound = type == "fl32" ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value);
        Array.Reverse(sound);
        var error = Assert.Throws<AudioFormatException>(() => Mel(AiffBuilder.Simple(sound, compression: type)));
        Assert.Equal(named, error.Message.Contains("infinite or not a number", StringComparison.Ordinal));
        Assert.Equal(!named, error.Message.Contains("beyond ±1E+12", StringComparison.Ordinal));
    }

    private static void Mel(byte[] recording) => AudioFeatures.MelPower(new MemoryStream(recording), targetRate: null);

    private static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, "tests", "core", "Audio", "Faults", name));
}
