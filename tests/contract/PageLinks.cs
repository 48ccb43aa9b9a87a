using System.Net;
using System.Text.RegularExpressions;

namespace MusicPipeline.Contract.Tests;

/// <summary>What the pages among the results refer to.</summary>
internal static class PageLinks
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(10);

    /// <summary>Every address in a page of HTML or Markdown that is not inside of the page itself.</summary>
    public static List<string> Of(string page)
    {
        var isHtml = page.StartsWith("<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase);
        var pattern = isHtml ? "\\s(?:href|src)=\"([^\"]*)\"" : """\]\((?:<([^>]*)>|([^)<]*))\)""";
        return
        [
            .. Regex.Matches(page, pattern, RegexOptions.None, MatchLimit)
                .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value + match.Groups[2].Value))
                .Where(link => !link.StartsWith("data:", StringComparison.Ordinal))
                .Distinct(),
        ];
    }
}
