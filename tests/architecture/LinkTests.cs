using System.Text.RegularExpressions;
using MusicPipeline.Architecture.Tests.Reading;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>Links of the documentation lead somewhere; those to other sites are not followed.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. SourceTree.Files("*.md").Select(SourceTree.Shorten)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_Relative_Link_Leads_To_A_File_And_A_Heading(string page)
    {
        var folder = Path.GetDirectoryName(SourceTree.Lengthen(page))!;
        Expect.None(
            from Match link in Link().Matches(Prose(page))
            let parts = link.Groups["target"].Value.Split('#', 2)
            let target = parts[0].Length == 0
                ? SourceTree.Lengthen(page)
                : Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(parts[0])))
            where !Path.Exists(target) || (parts.Length > 1 && !Headings(SourceTree.Shorten(target)).Contains(parts[1]))
            select $"{page}: {link.Groups["target"].Value}");
    }

    /// <summary>The recipes above all: whoever follows one opens the files that it names.</summary>
    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_File_That_A_Page_Names_Is_There(string page)
    {
        var files = string.Join('\n', SourceTree.Files("*").Select(SourceTree.Shorten));
        string[] named =
        [
            .. Code().Matches(WithoutBlocks(page)).Select(code => code.Value.Trim('`', '/')).Where(name => FileName().IsMatch(name)),
        ];

        Assert.True(named.Length > 10, $"{page} names {named.Length} files");
        Expect.None(named.Where(name => !PatternOf(name).IsMatch(files)));

        static Regex PatternOf(string name) => new(
            $"(^|/){Placeholder().Replace(Regex.Escape(name), "[^/\n]*")}(/|$)",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("docs/deploy.md", "deploying-over-running-sweeps")]
    [InlineData("docs/deploy.md", "health-and-storage-that-is-away")]
    [InlineData("docs/commands.md", "what-run-ends-with")]
    public void A_Heading_Is_Named_As_On_The_Site(string page, string heading) => Assert.Contains(heading, Headings(page));

    /// <summary>The anchors of a page: lower case, without punctuation, a hyphen for each blank.</summary>
    private static HashSet<string> Headings(string page) =>
    [
        .. Heading().Matches(WithoutBlocks(page))
            .Select(heading => Punctuation().Replace(heading.Groups["text"].Value, "").ToLowerInvariant().Replace(' ', '-')),
    ];

    private static string Prose(string page) => Code().Replace(WithoutBlocks(page), "");

    private static string WithoutBlocks(string page) => Block().Replace(File.ReadAllText(SourceTree.Lengthen(page)), "");

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.NonBacktracking)]
    private static partial Regex Punctuation();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"^(\.\w+|core|docs|functions|infra|local|samples|tests)/\S+$|^\S+\.cs$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FileName();

    [GeneratedRegex(@"<\w+>|\\\*", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
