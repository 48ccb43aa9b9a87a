using System.Text.Json;
using System.Xml.Linq;
using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>A package that is pinned is the package that is used.</summary>
public sealed class PackageTests
{
    public static TheoryData<string> Projects => [.. SourceTree.Files("*.csproj").Select(SourceTree.Shorten)];

    /// <summary>A registry that lacks a version serves a later one, with a warning that a reader may not see.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_Reference_Is_Resolved_As_It_Is_Pinned(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryPaths.Root, project))!;
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "obj", "project.assets.json")));
        var resolved = assets.RootElement.GetProperty("libraries")
            .EnumerateObject()
            .Select(library => library.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var asked = assets.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .SelectMany(
                framework => framework.Value.TryGetProperty("dependencies", out var packages) ? packages.EnumerateObject() : default)
            // The SDK brings some by itself, such as the compiler of an older framework.
            .Where(package => !package.Value.TryGetProperty("autoReferenced", out var own) || !own.GetBoolean())
            .Select(package => $"{package.Name}/{Lowest(package.Value.GetProperty("version").GetString()!)}")
            .ToArray();

        Assert.Contains(asked, package => package.StartsWith("Meziantou.Analyzer/", StringComparison.Ordinal));
        Expect.None(asked.Where(package => !resolved.Contains(package)));
    }

    [Fact]
    public async Task The_Gpu_Build_Takes_One_Runtime_Of_The_Same_Version_For_One_System()
    {
        var onProcessors = Assert.Single(await RuntimesAsync());
        var onGpus = Assert.Single(await RuntimesAsync("-p:OnnxRuntime=Gpu"));

        Assert.Equal(("Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu.Linux"), (onProcessors, onGpus));
        var versions = XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Where(package => package.Attribute("Include")!.Value is var id && (id == onProcessors || id == onGpus))
            .Select(package => package.Attribute("Version")!.Value);
        Assert.Equal(["$(OnnxRuntimeVersion)", "$(OnnxRuntimeVersion)"], versions);
    }

    private static string Lowest(string range) => range.Trim('[', ']', '(', ')').Split(',')[0].Trim();

    private static async Task<string[]> RuntimesAsync(params string[] properties)
    {
        var output = await DotnetCommand.RunAsync(
            Path.Combine(RepositoryPaths.Root, "core", "Training"), ["msbuild", "-nologo", "-getItem:PackageReference", .. properties]);
        using var items = JsonDocument.Parse(output);
        return
        [
            .. items.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!)
                .Where(id => id.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)),
        ];
    }
}
