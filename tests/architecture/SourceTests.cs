using System.Text.RegularExpressions;
using System.Xml.Linq;
using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int MaxLines = 300;
    private const int MaxColumns = 140;

    [Fact]
    public void No_Source_File_Is_Longer_Than_Its_Reader_Bears() =>
        Expect.None(SourceTree.Files("*.cs").Where(file => File.ReadLines(file).Count() > MaxLines).Select(SourceTree.Shorten));

    [Fact]
    public void No_Line_Is_Longer_Than_Its_Reader_Bears() =>
        Expect.None(
            from file in SourceTree.Files("*.cs")
            from line in File.ReadLines(file).Index()
            where line.Item.Length > MaxColumns && !line.Item.Contains("://", StringComparison.Ordinal)
            select $"{SourceTree.Shorten(file)}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void No_Source_File_Has_Regions_Or_Notes_To_Self() =>
        Expect.None(
            from file in SourceTree.Files("*.cs")
            where file != SourceTree.This()
            from line in File.ReadLines(file)
            where Leftover().IsMatch(line)
            select $"{SourceTree.Shorten(file)}: {line.Trim()}");

    [Fact]
    public void No_File_Names_A_Machine_Or_A_Registry() =>
        Expect.None(
            from file in SourceTree.Files(
                "*.cs", "*.js", "*.json", "*.md", "*.props", "*.targets", "*.csproj", "*.slnx", "*.yml", "*.yaml", "run", "test")
            where file != SourceTree.This()
            from line in File.ReadLines(file)
            where MachineName().IsMatch(line)
            select $"{SourceTree.Shorten(file)}: {line.Trim()}");

    [Fact]
    public void Package_Versions_Are_Central() =>
        Expect.None(
            from file in SourceTree.Files("*.csproj")
            from reference in XDocument.Load(file).Descendants("PackageReference")
            where reference.Attributes().Any(attribute => attribute.Name.LocalName is "Version" or "VersionOverride")
            select $"{SourceTree.Shorten(file)}: {reference}");

    [Fact]
    public void There_Are_No_NuGet_Lock_Files_Or_Sources()
    {
        Expect.None(SourceTree.Files("packages.lock.json", "nuget.config", "NuGet.Config", ".npmrc").Select(SourceTree.Shorten));
        Expect.None(SourceTree.Files("*.csproj", "*.props")
            .Where(file => File.ReadAllText(file).Contains("RestorePackagesWithLockFile", StringComparison.Ordinal)));
    }

    [Fact]
    public void Hosts_Reference_Core_And_Never_Each_Other() =>
        Expect.None(
            from host in (string[])["local", "functions"]
            from file in SourceTree.Files("*.csproj")
            where SourceTree.Shorten(file).StartsWith(host + "/", StringComparison.Ordinal)
            from reference in XDocument.Load(file).Descendants("ProjectReference")
            let target = reference.Attribute("Include")!.Value.Replace('\\', '/')
            where target != "../core/Hosting/MusicPipeline.Hosting.csproj"
            select $"{SourceTree.Shorten(file)}: {target}");

    [Fact]
    public void Every_Project_Is_In_The_Solution()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "MusicPipeline.slnx"));
        Assert.All(SourceTree.Files("*.csproj"), file => Assert.Contains(Path.GetFileName(file), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void There_Is_One_Solution() =>
        Assert.Equal("MusicPipeline.slnx", Assert.Single(SourceTree.Files("*.sln", "*.slnx", "*.slnf").Select(SourceTree.Shorten)));

    [Fact]
    public void The_Node_Lock_File_Names_No_Registry() =>
        Assert.DoesNotContain(
            "\"resolved\"",
            File.ReadAllText(Path.Combine(RepositoryPaths.Root, "infra", "azurite", "package-lock.json")),
            StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*#(region|endregion)|//.*\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Leftover();

    [GeneratedRegex(
        @"(^|[^\w.])/(work|root|home/\w+|Users/\w+|tmp/\w+)/|[A-Z]:\\Users\\|registry\.npmjs|api\.nuget\.org|artifactory|pkgs\.dev\.azure",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MachineName();
}
