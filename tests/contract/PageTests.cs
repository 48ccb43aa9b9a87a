using System.Net;
using System.Text.RegularExpressions;

namespace MusicPipeline.Contract.Tests;

/// <summary>The page that a browser shows, as far as HTTP goes.</summary>
public sealed partial class PageTests(PipelineHost host) : PipelineTests(host)
{
    private const long MaxBytes = 300_000;

    [Fact]
    public async Task The_Root_Is_The_Page_And_Loads_From_This_Host_Alone()
    {
        using var http = new HttpClient { BaseAddress = Api.Address };
        using var page = await http.GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=", html);
    }

    /// <summary>All files, from the document on: each is there without a key, small together, and sent once.</summary>
    [Fact]
    public async Task Everything_That_The_Page_Loads_Is_There_Without_A_Key()
    {
        using var http = new HttpClient { BaseAddress = Api.Address };
        var bytes = 0L;
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal) { "/" }, new Stack<string>(["/"]));
        while (open.TryPop(out var path))
        {
            using var answer = await http.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            var text = await answer.Content.ReadAsStringAsync();
            bytes += text.Length;
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var known = await http.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
            foreach (Match link in Link().Matches(text))
            {
                var target = new Uri(new Uri(Api.Address, path), link.Groups["to"].Value).AbsolutePath;
                if (target.StartsWith("/page/", StringComparison.Ordinal) && seen.Add(target)) open.Push(target);
            }
        }

        Assert.InRange(seen.Count, 10, 100);
        Assert.InRange(bytes, 1, MaxBytes);
    }

    /// <summary>The document names each module that the first one imports, at whatever depth, and nothing else.</summary>
    [Fact]
    public async Task The_Document_Asks_For_Every_Module_At_Once()
    {
        using var http = new HttpClient { BaseAddress = Api.Address };
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>(["/page/app.js"]));
        while (open.TryPop(out var path))
        {
            foreach (Match import in Import().Matches(await http.GetStringAsync(path)))
            {
                var module = new Uri(new Uri(Api.Address, path), import.Groups["to"].Value).AbsolutePath;
                if (seen.Add(module)) open.Push(module);
            }
        }

        var preloads = Preload().Matches(await http.GetStringAsync("/")).Select(match => "/" + match.Groups["to"].Value);
        Assert.Equal(seen.Order(StringComparer.Ordinal), preloads.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/page/none.js")]
    [InlineData("/page/..%2Findex.html")]
    [InlineData("/page/")]
    public async Task There_Are_No_Other_Files(string path) => (await Api.GetAsync(path)).Expect(HttpStatusCode.NotFound);

    [GeneratedRegex("(?:from |import )'(?<to>\\.[^']+)'|(?:src|href)=\"(?<to>page/[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^import .*from '(?<to>\\.[^']+)';", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Import();

    [GeneratedRegex("<link rel=\"modulepreload\" href=\"(?<to>page/[^\"]+)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Preload();
}
