using System.Text;
using CsCheck;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Tests.Storage;

public sealed class BlobNamesTests
{
    // Mostly what could do harm, among any other characters.
    private static readonly Gen<string> Name = Gen.OneOf(
            Gen.OneOf(
                "/", ".", "..", " ", "%", "\\", "%2F", "%2E", "%~", "a", "B", "é", "音", "🎻", "\0", "\t", "\u007f", "\u0085",
                "?", "*", ":", "|", "\"", "<", ">", "+", "&", "#"),
            Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value).ToString()))
        .Array[0, 30].Select(string.Concat);

    [Theory]
    [InlineData("Violin.mf.Db5Eb5.aiff", "Violin.mf.Db5Eb5.aiff")]
    [InlineData("take 1/Übung №2 – 音楽 🎻.aiff", "take 1/Übung №2 – 音楽 🎻.aiff")]
    [InlineData("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd")]
    [InlineData("./a", "%2E/a")]
    [InlineData("...", "%2E%2E%2E")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("a.", "a%2E")]
    [InlineData("a. /b ", "a%2E%20/b%20")]
    [InlineData(" a", " a")]
    [InlineData("", "%2F")]
    [InlineData("/a//b/", "%2F/a/%2F/b/%2F")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("100%", "100%25")]
    [InlineData("a\0b\u0085c", "a%00b%C2%85c")]
    [InlineData("what?*:|\"<>", "what%3F%2A%3A%7C%22%3C%3E")]
    public void Escapes_What_Is_Not_Safe(string name, string escaped) => Assert.Equal(escaped, BlobNames.Escape(name));

    [Fact]
    public void Every_Escaped_Name_Is_Safe() => Name.Sample(name =>
    {
        var escaped = BlobNames.Escape(name);
        Assert.DoesNotContain(escaped.EnumerateRunes(), rune => Rune.IsControl(rune) || rune.Value is '\\' or '?' or '*' or ':' or '|');
        Assert.All(escaped.Split('/'), segment =>
        {
            Assert.NotEqual("", segment);
            Assert.False(segment[^1] is '.' or ' ', segment);
        });
    });

    [Fact]
    public void Folders_Stay_Folders() =>
        Name.Sample(name => BlobNames.Escape(name).Count(letter => letter == '/') == name.Count(letter => letter == '/'));

    [Fact]
    public void Every_Name_Can_Be_Told_From_Its_Escaped_Form() => Name.Sample(name => Unescape(BlobNames.Escape(name)) == name);

    [Fact]
    public void Long_Names_Fit_And_Stay_Different()
    {
        var longest = new string('?', 1024);
        var other = longest[..1023] + "*";
        var violins = string.Concat(Enumerable.Repeat("🎻", 512));

        Assert.All([longest, other, violins, "x" + violins[..^2]], name => Assert.InRange(BlobNames.Escape(name).Length, 800, 900));
        Assert.NotEqual(BlobNames.Escape(longest), BlobNames.Escape(other));
        Assert.All([violins, "x" + violins[..^2]], name =>
            Assert.DoesNotContain(Rune.ReplacementChar, BlobNames.Escape(name).EnumerateRunes()));
        Assert.Equal(new string('a', 900), BlobNames.Escape(new string('a', 900)));
        Assert.NotEqual(new string('a', 901), BlobNames.Escape(new string('a', 901)));
    }

    private static string Unescape(string escaped) => string.Join('/', escaped.Split('/').Select(segment =>
    {
        if (segment == "%2F") return "";
        var bytes = new List<byte>();
        for (var i = 0; i < segment.Length;)
        {
            if (segment[i] == '%')
            {
                bytes.Add(Convert.ToByte(segment.Substring(i + 1, 2), 16));
                i += 3;
                continue;
            }

            var rune = Rune.GetRuneAt(segment, i);
            bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
            i += rune.Utf16SequenceLength;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }));
}
