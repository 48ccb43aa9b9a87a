using System.Runtime.InteropServices;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>
/// MP3 and Ogg Vorbis: 0.3 s of 440 Hz with partials, then 0.3 s of 660 Hz, encoded by LAME and libvorbis. A file <c>.s16</c> holds what
/// ffmpeg 5.1 decodes, 4,000 samples from the 4,000th on.
/// </summary>
public sealed class CompressedTests
{
    // Without LAME's tag nobody knows how many samples are the encoder's own: ffmpeg keeps as many.
    [Theory]
    [InlineData("mono.mp3", "MP3", 44_100, 1, 26_460)]
    [InlineData("stereo-vbr-picture.mp3", "MP3", 44_100, 2, 26_460)]
    [InlineData("mono-16k-untagged.mp3", "MP3", 16_000, 1, 10_944)]
    [InlineData("mono.ogg", "Ogg Vorbis", 22_050, 1, 13_230)]
    [InlineData("stereo.ogg", "Ogg Vorbis", 44_100, 2, 26_460)]
    public void Rate_Channels_And_Length_Are_Those_Of_What_Was_Encoded(string name, string format, int rate, int channels, int frames)
    {
        using var file = new MemoryStream(Read(name));
        Assert.True(Recording.Recognizes(file));
        var summary = Recording.Inspect(file);
        Assert.Equal(
            (format, (double)rate, channels, (long)frames), (summary.Format, summary.SampleRate, summary.Channels, summary.Frames));
        Assert.Empty(summary.Warnings);
        Assert.Equal(frames, RecordingSamples.Of(Read(name)).Length);
    }

    [Theory]
    [InlineData("mono.mp3")]
    [InlineData("mono-16k-untagged.mp3")]
    [InlineData("mono.ogg")]
    public void Samples_Are_Those_Of_Ffmpeg(string name)
    {
        var expected = MemoryMarshal.Cast<byte, short>(Read(name + ".s16")).ToArray();
        var samples = RecordingSamples.Of(Read(name)).AsSpan(4000, expected.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i] / 32768f, samples[i], 6e-5f);
    }

    [Theory]
    [InlineData("mono.mp3")]
    [InlineData("stereo-vbr-picture.mp3")]
    [InlineData("mono-16k-untagged.mp3")]
    [InlineData("mono.ogg")]
    [InlineData("stereo.ogg")]
    public void Both_Notes_Are_Found(string name)
    {
        var notes = RecordingNotes.Read(new MemoryStream(Read(name)), NoteRecipe.CreateDefault()).Notes;
        Assert.Equal(2, notes.Count);
        Assert.Equal(0.3, notes[1].StartSeconds, 0.08);
    }

    [Theory]
    [InlineData("mono.mp3")]
    [InlineData("stereo.ogg")]
    public void They_Become_Floats_In_A_Wav_File(string name)
    {
        using var wav = new MemoryStream();
        var summary = WavConversion.Convert(new MemoryStream(Read(name)), wav, TestContext.Current.CancellationToken);
        wav.Position = 0;
        var written = Recording.Inspect(wav);
        Assert.Equal((SampleEncoding.Float, 32, summary.Frames), (written.Encoding, written.BitsPerSample, written.Frames));
        Assert.Equal(RecordingSamples.Of(Read(name)), RecordingSamples.Of(wav.ToArray()));
    }

    [Fact]
    public void Texts_Of_Ogg_Are_Kept()
    {
        var text = Recording.Inspect(new MemoryStream(Read("mono.ogg"))).Text;
        Assert.Equal(("Two notes", "Nobody"), (text.Name, text.Author));
    }

    [Fact]
    public void Streams_Of_Ogg_One_Behind_The_Other_Are_Read_To_The_End()
    {
        var one = RecordingSamples.Of(Read("mono.ogg"));
        byte[] chained = [.. Read("mono.ogg"), .. Read("mono.ogg"), .. Read("mono.ogg")];
        var summary = Recording.Inspect(new MemoryStream(chained));
        Assert.Equal((3L * one.Length, "Two notes"), (summary.Frames, summary.Text.Name));
        Assert.Empty(summary.Warnings);
        Assert.Equal([.. one, .. one, .. one], RecordingSamples.Of(chained));
    }

    [Theory]
    [InlineData("stereo.ogg")]
    [InlineData("opus.ogg")]
    public void Streams_That_Cannot_Follow_The_First_Are_Left_Out_And_Told(string other)
    {
        var one = RecordingSamples.Of(Read("mono.ogg"));
        byte[] chained = [.. Read("mono.ogg"), .. Read(other), .. Read("mono.ogg")];
        var warning = Assert.Single(Recording.Inspect(new MemoryStream(chained)).Warnings);
        Assert.StartsWith("Of the 3 streams in the Ogg file, one behind the other, 2 could be read", warning, StringComparison.Ordinal);
        Assert.Equal([.. one, .. one], RecordingSamples.Of(chained));
    }

    [Theory]
    [InlineData("opus.ogg", "holds Opus")]
    [InlineData("mono-8k.mp3", "8,000 Hz")]
    public void What_Is_Not_Read_Is_Named_With_The_Way_Out(string name, string problem)
    {
        var error = Assert.ThrowsAny<InputException>(() => Recording.Open(new MemoryStream(Read(name))));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("'ffmpeg -i IN OUT.wav'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(InputErrorKind.UnsupportedType, error.Kind);
    }

    [Theory]
    [InlineData("mono.mp3")]
    [InlineData("mono.ogg")]
    public void Of_A_Cut_File_The_Whole_Frames_Or_Pages_Are_Read(string name)
    {
        var whole = RecordingSamples.Of(Read(name));
        var file = Read(name);
        for (var length = 0; length < file.Length; length += 97)
        {
            var cut = file[..length];
            try
            {
                var samples = RecordingSamples.Of(cut);
                Assert.InRange(samples.Length, 0, whole.Length + 1200);
                // What is there is what was there; the last frames fade.
                var same = Math.Min(samples.Length, whole.Length) - 4096;
                for (var i = 0; i < same; i++) Assert.Equal(whole[i], samples[i], 1e-4f);
            }
            catch (InputException error)
            {
                Assert.True(length < 5000, error.Message);
                Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("mono.mp3")]
    [InlineData("stereo-vbr-picture.mp3")]
    [InlineData("stereo.ogg")]
    public void Damage_Is_Told_In_A_Sentence_And_Takes_No_Room(string name)
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var file = Read(name);
            var (at, length) = (random.Next(file.Length), random.Next(300));
            random.NextBytes(file.AsSpan(at, Math.Min(length, file.Length - at)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var sound = Recording.Open(new MemoryStream(file));
                var bytes = 0L;
                for (var block = sound.ReadBlock(); block.Length > 0; block = sound.ReadBlock()) bytes += block.Length;
                Assert.Equal(sound.DecodedBytes(), bytes);
            }
            catch (InputException error)
            {
                Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        }
    }

    [Fact]
    public void Bytes_That_Are_No_Frame_Are_Stepped_Over()
    {
        var file = Read("mono.mp3");
        var frames = RecordingSamples.Of(file);
        // A tag in the middle, as files that were joined have it.
        var second = file.AsSpan().LastIndexOf(file.AsSpan(0, 2));
        byte[] joined = [.. file[..second], .. Id3.Tag(500), .. file[second..]];
        var summary = Recording.Inspect(new MemoryStream(joined));
        Assert.Equal(frames.Length, summary.Frames);
        Assert.Contains(summary.Warnings, warning => warning.Contains("Between the frames 510 bytes", StringComparison.Ordinal));
        Assert.Equal(frames, RecordingSamples.Of(joined));
    }

    [Fact]
    public void Garbage_With_The_Sync_Word_Of_Mp3_Is_Refused()
    {
        var garbage = new byte[20_000];
        new Random(2).NextBytes(garbage);
        for (var i = 0; i < garbage.Length; i += 50) (garbage[i], garbage[i + 1]) = (0xFF, 0xFB);
        var error = Assert.Throws<AudioFormatException>(() => Recording.Open(new MemoryStream(garbage)));
        Assert.Equal(InputErrorKind.UnsupportedType, error.Kind);
    }

    private static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, "tests", "core", "Audio", "Compressed", name));
}
