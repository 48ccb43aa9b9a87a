using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>The trainer as a package, in a program that knows nothing of this repository.</summary>
public sealed class PackedTrainerTests(PackedTrainer packed) : IClassFixture<PackedTrainer>, IDisposable
{
    private const string BuildOnly = "Grpc.Tools";

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        if (_folder.File("obj/project.assets.json") is var assets && File.Exists(assets))
        {
            using var read = JsonDocument.Parse(File.ReadAllBytes(assets));
            var kept =
                from cache in read.RootElement.GetProperty("packageFolders").EnumerateObject()
                from package in PackedTrainer.Packages
                select Path.Combine(cache.Name, package.ToLowerInvariant(), packed.Version);
            foreach (var copy in kept.Where(Directory.Exists)) Directory.Delete(copy, recursive: true);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_Program_Restores_The_Package_And_Trains_The_Documented_Sample()
    {
        await WriteProgramAsync();

        await DotnetCommand.RunAsync(
            _folder.FullPath, "build", "-c", "Release", "-o", "built", "-nologo", "-noWarn:NU1603", "-p:RunAnalyzers=false",
            "-maxCpuCount:1");
        var output = await DotnetCommand.RunAsync(_folder.FullPath, Path.Combine("built", "Sample.dll"), _folder.File("model.onnx"));

        Assert.Matches(@"^accuracy (0\.9[7-9]\d|1\.000), log-loss 0\.\d{3}\n$", output.ReplaceLineEndings("\n"));
        Assert.True(File.Exists(_folder.File("model.onnx")));
        var files = Directory.GetFiles(_folder.File("built"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file))
            .ToArray();
        Assert.Equal(
            ["MusicPipeline.Abstractions.dll", "MusicPipeline.Data.dll", "MusicPipeline.Training.dll"],
            files.Where(file => file.StartsWith("MusicPipeline.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Expect.None(files.Where(file => Layers.Libraries.Any(library =>
            file.StartsWith(library.Key, StringComparison.Ordinal) && !library.Value.Contains("Training", StringComparer.Ordinal))));
    }

    [Fact]
    public async Task Each_Package_Tells_What_It_Is_And_Has_Documentation_And_Symbols()
    {
        Assert.Equal(
            from package in PackedTrainer.Packages
            from kind in (string[])["nupkg", "snupkg"]
            select $"{package}.{packed.Version}.{kind}",
            Directory.GetFiles(packed.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var package in PackedTrainer.Packages)
        {
            using var content = await ZipFile.OpenReadAsync(
                Path.Combine(packed.Folder, $"{package}.{packed.Version}.nupkg"), TestContext.Current.CancellationToken);
            foreach (var file in (string[])["README.md", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"])
                Assert.NotNull(content.GetEntry(file));
            await using var stream = await content.GetEntry(package + ".nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
            var elements = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName, StringComparer.Ordinal);
            Assert.Equal("MIT", elements["license"].Single().Value);
            Assert.NotEqual("Package Description", elements["description"].Single().Value);
            Assert.NotEmpty(elements["tags"].Single().Value);
            Assert.Equal(
                Layers.ReferencesOf(package["MusicPipeline.".Length..]).Where(name => name != BuildOnly).Order(StringComparer.Ordinal),
                elements["dependency"].Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        }
    }

    private async Task WriteProgramAsync()
    {
        var sources = Path.Combine(RepositoryPaths.Root, "tests", "core", "MachineLearning");
        foreach (var file in (string[])["DocumentedSample.cs", "Note.cs"]) File.Copy(Path.Combine(sources, file), _folder.File(file));
        await File.WriteAllTextAsync(
            _folder.File("Program.cs"),
            "using MusicPipeline.Tests.MachineLearning;\nDocumentedSample.Run(Note.Draw(900), args[0]);\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder.File("Sample.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{packed.Folder}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MusicPipeline.Training" Version="{packed.Version}" />
                <PackageReference Include="Microsoft.ML.OnnxTransformer" Version="{VersionOf("Microsoft.ML.OnnxTransformer")}" />
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken);
    }

    private static string VersionOf(string package) =>
        XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}
