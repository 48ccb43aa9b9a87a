using MusicPipeline.Audio.Recordings;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> MalformedRecordings => RepositoryPaths.HasShared
        ? [.. Directory.EnumerateFiles(RepositoryPaths.Shared("conformance", "malformed"))
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Converts_A_Recording()
    {
        var target = _folder.File("cello ♪.wav");
        var result = await MusicProgram.RunAsync("convert", RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), target);

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        await using var wav = File.OpenRead(target);
        Assert.Equal(229_320, Recording.Inspect(wav).Frames);
        Assert.Equal([target], Directory.EnumerateFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public async Task Prints_Json_For_Scripts()
    {
        var result = await MusicProgram.RunAsync(
            "convert", RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"), _folder.File("oboe.wav"), "--json");
        Assert.Equal("AIFF", System.Text.Json.JsonDocument.Parse(result.Output).RootElement.GetProperty("format").GetString());
    }

    [Theory]
    [InlineData("", "FORM")]
    [InlineData("FORM", "FORM")]
    [InlineData("FORM\0\0\0\u0004AIFF", "COMM")]
    [InlineData("FORM\0\0\0\u0004AIFFCOMM\0\0\0\u0012\0\u0001", "COMM")]
    [InlineData("RIFF\0\0\0\u0004WAVE", "fmt")]
    [InlineData("no recording at all, just words", "FORM")]
    public async Task Says_What_Is_Wrong_With_A_Damaged_Recording(string content, string chunk)
    {
        var source = _folder.File("damaged.aiff");
        var target = _folder.File("out.wav");
        await File.WriteAllBytesAsync(source, System.Text.Encoding.Latin1.GetBytes(content));
        await File.WriteAllTextAsync(target, "what was there before");

        var result = await MusicProgram.RunAsync("convert", source, target);

        AssertSentence(result, source);
        Assert.Contains(chunk, result.Error, StringComparison.Ordinal);
        Assert.Equal("what was there before", await File.ReadAllTextAsync(target));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.FullPath).Count());
    }

    [Fact]
    public async Task Yields_What_Is_There_Of_A_Truncated_Recording()
    {
        var source = _folder.File("truncated.aiff");
        var target = _folder.File("out.wav");
        var whole = await File.ReadAllBytesAsync(RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"));
        await File.WriteAllBytesAsync(source, whole[..(whole.Length / 2)]);

        var result = await MusicProgram.RunAsync("convert", source, target);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"music: {source}: warning: ", result.Error, StringComparison.Ordinal);
        await using var wav = File.OpenRead(target);
        Assert.InRange(Recording.Inspect(wav).Frames, 114_000, 115_000);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(MalformedRecordings))]
    public async Task Ends_Every_Malformed_Recording_In_A_Sentence(string file)
    {
        var source = RepositoryPaths.Shared("conformance", "malformed", file);
        var target = _folder.File("out.wav");

        var result = await MusicProgram.RunAsync("convert", source, target);

        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        if (result.ExitCode == 0)
        {
            Assert.All(
                result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.StartsWith($"music: {source}: warning: ", line, StringComparison.Ordinal));
            await using var wav = File.OpenRead(target);
            Recording.Inspect(wav);
        }
        else
        {
            AssertSentence(result, source);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullPath));
        }
    }

    private static void AssertSentence(ProgramResult result, string subject)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Matches($@"^music: {System.Text.RegularExpressions.Regex.Escape(subject)}: [^\n]+\.\n$", result.Error);
    }
}
