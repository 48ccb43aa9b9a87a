using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Architecture.Tests.Reading;

/// <summary>The repository's own files: what builds, tools and runs leave behind is not among them.</summary>
internal static class SourceTree
{
    private static readonly string[] LeftBehind =
        ["bin", "obj", "out", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".azurite", ".vs", ".idea"];

    /// <summary>Full paths of the files whose names match one of the patterns.</summary>
    public static IEnumerable<string> Files(params string[] patterns) =>
        new FileSystemEnumerable<string>(
            RepositoryPaths.Root,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !LeftBehind.Contains(entry.FileName.ToString(), StringComparer.Ordinal),
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && Matches(entry.FileName, patterns),
        };

    /// <summary>A path from the repository's root on, with forward slashes.</summary>
    public static string Shorten(string path) => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/');

    /// <summary>The full path of one from the repository's root on.</summary>
    public static string Lengthen(string path) => Path.Combine(RepositoryPaths.Root, path);

    /// <summary>The file of the caller, which names what it looks for.</summary>
    public static string This([CallerFilePath] string path = "") =>
        Path.Combine(RepositoryPaths.Root, "tests", "architecture", Path.GetFileName(path));

    private static bool Matches(ReadOnlySpan<char> name, string[] patterns)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)) return true;
        }

        return false;
    }
}
