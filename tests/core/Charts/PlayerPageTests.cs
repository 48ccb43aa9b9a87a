using MusicPipeline.Reports.Charts;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class PlayerPageTests
{
    private static readonly MelPictureResult Mel = new([], 1200, 600, 106, 96, 1054, 520, 2.5);

    [Fact]
    public void Puts_The_Cursor_Over_The_Data()
    {
        var page = PlayerPage.Write("a.aiff", [], Mel, []);

        Assert.Contains("left:8.8333%;top:16%;width:79%;height:70.6667%", page);
        Assert.Contains("const covered = 2.5;", page);
        Assert.Contains("width=\"1200\" height=\"600\"", page);
    }

    [Fact]
    public void Needs_Only_The_Two_Files_Beside_It()
    {
        var page = PlayerPage.Write("a.aiff", [new("Channels", "2")], Mel, ["truncated"]);

        Assert.Contains("src=\"audio.wav\"", page);
        Assert.Contains("src=\"mel.png\"", page);
        Assert.DoesNotContain("//", page.Replace("// Before", ""));
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("{{", page);
    }

    [Fact]
    public void Escapes_Whatever_A_User_Wrote()
    {
        const string evil = "\"><script>alert('x')</script>&{{facts}}";

        var page = PlayerPage.Write(evil, [new(evil, evil)], Mel, [evil]);

        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("&lt;script&gt;alert", page);
        Assert.Equal(1, page.Split("<dl>").Length - 1);
        Assert.Equal(1, page.Split("<script>").Length - 1);
    }

    [Fact]
    public void Shows_Notes_Over_The_Data_And_In_A_Table()
    {
        var labels = new PlayerLabels("oboe, probably & so.", [new(0.5, 1, "oboe", 0.9), new(1, 2.5, "<b>", 0.456)]);

        var page = PlayerPage.Write("a.aiff", [], Mel, [], labels);

        // Of 948 of 1,200 pixels, from pixel 106 on: the first note begins after a fifth of them and lasts a fifth.
        Assert.Contains("data-note=\"0\" data-start=\"0.5\" data-end=\"1\" ", page);
        Assert.Contains("style=\"left:24.6333%;width:15.8%;top:16%;height:70.6667%\"", page);
        Assert.Contains("<h2>oboe, probably &amp; so.</h2>", page);
        Assert.Contains("<td>&lt;b&gt;</td><td class=\"number\">0.46</td>", page);
        Assert.DoesNotContain("<b>", page);
    }

    [Fact]
    public void Says_That_There_Is_No_Note()
    {
        var page = PlayerPage.Write("a.aiff", [], Mel, [], new PlayerLabels("No note was found.", []));

        Assert.Contains("<h2>No note was found.</h2>", page);
        Assert.DoesNotContain("<table>", page);
    }

    [Fact]
    public void Shows_Facts_And_Warnings_Only_Where_There_Are_Some()
    {
        var bare = PlayerPage.Write("a", [], Mel, []);
        var full = PlayerPage.Write("a", [new("Sample rate", "44,100 Hz")], Mel, ["The recording is cut short."]);

        Assert.DoesNotContain("<dl>", bare);
        Assert.DoesNotContain("<section", bare);
        Assert.Contains("<dt>Sample rate</dt><dd>44,100 Hz</dd>", full);
        Assert.Contains("<li>The recording is cut short.</li>", full);
    }
}
