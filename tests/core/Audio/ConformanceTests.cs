using MusicPipeline.Audio;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class ConformanceTests
{
    /// <summary>Where ffmpeg and libsndfile differ, or one of them refuses: whose samples are ours.</summary>
    private static readonly Dictionary<string, string> Choices = new()
    {
        ["ffmpeg_ima4_2ch.aiff"] = "ffmpeg",
        ["sndfile_ima4_2ch.aifc"] = "ffmpeg",
        ["hand_aifc_sowt24.aifc"] = "sndfile",
        ["hand_aifc_cname_pstring_nopad.aifc"] = "sndfile",
    };

    /// <summary>GSM 6.10, and a file without a frame.</summary>
    private static readonly string[] Refused = ["gsm", "zero_frames"];

    [Fact]
    public void Samples_Equal_The_Reference_Decoders()
    {
        var valid = RepositoryPaths.Shared("conformance", "valid");
        var compared = 0;
        foreach (var file in Directory.GetFiles(valid).Where(f => !Refused.Any(part => f.Contains(part, StringComparison.Ordinal))))
        {
            var name = Path.GetFileName(file);
            var decoders = Choices.TryGetValue(name, out var choice) ? [choice] : new[] { "ffmpeg", "sndfile" };
            var (ours, summary) = WavContent.Convert(File.ReadAllBytes(file));
            foreach (var decoder in decoders)
            {
                var path = Path.Combine(valid, "..", "ref", $"{name}.{decoder}.wav");
                if (!File.Exists(path)) continue;
                var reference = new WavContent(File.ReadAllBytes(path));
                Assert.Equal(reference.Channels, summary.Channels);
                Assert.True(reference.Samples().SequenceEqual(ours.Samples()), $"{name} differs from {decoder}");
                compared++;
            }
        }

        Assert.InRange(compared, 50, int.MaxValue);
    }

    [Fact]
    public void Every_Malformed_File_Converts_Or_Ends_In_A_Sentence()
    {
        foreach (var file in Directory.GetFiles(RepositoryPaths.Shared("conformance", "malformed")))
        {
            var name = Path.GetFileName(file);
            var expected = Malformed.GetValueOrDefault(name[..3]);
            Assert.True(expected is not null, $"{name} is not in the table");
            try
            {
                var (_, summary) = WavContent.Convert(File.ReadAllBytes(file));
                Assert.Equal(expected, $"{summary.Frames}, {(summary.Warnings.Count > 0 ? "warned" : "silent")}");
            }
            catch (AudioFormatException error)
            {
                Assert.Equal(expected, error.Chunk);
                Assert.Contains(error.Chunk, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Gsm_Is_Refused_By_Name()
    {
        var file = RepositoryPaths.Shared("conformance", "valid", "sndfile_gsm_1ch.aifc");
        var error = Assert.Throws<AudioFormatException>(() => WavContent.Convert(File.ReadAllBytes(file)));
        Assert.Equal(InputErrorKind.UnsupportedType, error.Kind);
        Assert.Contains("GSM 6.10", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The chunk at fault, or the frames that are saved and whether there is a warning.</summary>
    private static readonly Dictionary<string, string> Malformed = new()
    {
        ["m01"] = "FORM",
        ["m03"] = "FORM",
        ["m05"] = "COMM",
        ["m07"] = "SSND",
        ["m09"] = "500, warned",
        ["m11"] = "1001, warned",
        ["m13"] = "1001, warned",
        ["m15"] = "1001, warned",
        ["m17"] = "COMM",
        ["m19"] = "COMM",
        ["m21"] = "COMM",
        ["m23"] = "COMM",
        ["m25"] = "COMM",
        ["m27"] = "COMM",
        ["m29"] = "COMM",
        ["m31"] = "SSND",
        ["m33"] = "500, warned",
        ["m35"] = "SSND",
        ["m37"] = "FORM",
        ["m39"] = "SSND",
        ["m41"] = "SSND",
        ["m43"] = "1001, warned",
        ["m45"] = "1001, warned",
        ["m47"] = "1001, warned",
        ["m49"] = "1001, silent",
        ["m51"] = "1001, silent",
        ["m53"] = "192, warned",
    };
}
