using System.Text.RegularExpressions;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>What the sources say about functions and settings.</summary>
internal static partial class FunctionsCode
{
    /// <summary>Names of all functions of the app.</summary>
    public static IReadOnlySet<string> FunctionNames =>
        (from text in Texts("functions")
         from Match match in FunctionAttribute().Matches(text)
         select match.Groups["name"].Success ? match.Groups["name"].Value : Constant(match.Groups["constant"].Value))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Every app setting that the code of the app reads, written as in the environment.</summary>
    public static IReadOnlySet<string> Settings =>
        Texts("functions").Concat(Texts("core"))
            .SelectMany(text => Named(text).Concat(Bound(text)))
            .Select(name => name.Replace(":", "__", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Every setting that the local host reads from <c>local.settings.json</c>.</summary>
    public static IReadOnlySet<string> LocalSettings =>
        (from text in Texts("local")
         from Match match in LocalSetting().Matches(text)
         select "AzureWebJobsStorage" + match.Groups["suffix"].Value)
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Named(string text) =>
        SettingRead().Matches(text).Select(match => match.Groups["name"].Value)
            .Concat(text.Contains("class SettingNames", StringComparison.Ordinal)
                ? ConstantDeclaration().Matches(text).Select(match => match.Groups["value"].Value)
                : []);

    // AddOptions<T>().BindConfiguration("Section") reads Section:Property for every property of T.
    private static IEnumerable<string> Bound(string text) =>
        from Match match in BoundOptions().Matches(text)
        from Match property in SettableProperty().Matches(Texts("functions").Single(
            source => source.Contains($"class {match.Groups["type"].Value}\n", StringComparison.Ordinal)))
        select $"{match.Groups["section"].Value}:{property.Groups["name"].Value}";

    private static string Constant(string reference)
    {
        var parts = reference.Split('.');
        var source = Texts("functions").Concat(Texts("core")).Single(text => text.Contains($"class {parts[0]}", StringComparison.Ordinal)
            && text.Contains($"const string {parts[1]} =", StringComparison.Ordinal));
        return ConstantDeclaration().Matches(source).Single(match => match.Groups["name"].Value == parts[1]).Groups["value"].Value;
    }

    private static IEnumerable<string> Texts(string project)
    {
        var folder = Path.Combine(RepositoryPaths.Root, project);
        Assert.True(Directory.Exists(folder), $"The folder {project} is not here.");
        var separator = Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{separator}obj{separator}", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [GeneratedRegex(
        """\[Function\((nameof\((?<name>\w+)\)|"(?<name>\w+)"|(?<constant>\w+\.\w+))\)\]""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FunctionAttribute();

    [GeneratedRegex(
        """(GetEnvironmentVariable\(|[cC]onfiguration\[|GetSection\(|GetConnectionString\(|GetValue<[^>]+>\()"(?<name>[^"]+)"(\)|\])""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SettingRead();

    [GeneratedRegex("""const string (?<name>\w+) = "(?<value>[^"]+)";""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ConstantDeclaration();

    [GeneratedRegex(
        """AddOptions<(?<type>\w+)>\(\)\s*\.BindConfiguration\("(?<section>\w+)"\)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BoundOptions();

    [GeneratedRegex(
        """public (required )?[\w?<>]+ (?<name>\w+) \{ get; (set|init); \}""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SettableProperty();

    [GeneratedRegex("""Setting\(Name( \+ "(?<suffix>__\w+)")?\)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LocalSetting();
}
