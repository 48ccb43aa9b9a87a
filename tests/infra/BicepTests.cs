using System.Text.Json.Nodes;
using MusicPipeline.Infra.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests;

public sealed class BicepTests
{
    [Theory]
    [InlineData("main.bicep")]
    [InlineData("events.bicep")]
    public void Compiles_Without_A_Warning(string file) => Assert.StartsWith("{", Bicep.Build(file), StringComparison.Ordinal);

    [Fact]
    public void A_Warning_Would_Be_An_Error()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("unused.bicep");
        File.WriteAllText(file, "param unused string\n");
        File.Copy(Path.Combine(Bicep.Folder, "bicepconfig.json"), folder.File("bicepconfig.json"));

        var (code, _, diagnostics) = Bicep.TryRun("build", file, "--stdout");

        Assert.NotEqual(0, code);
        Assert.Contains("Error no-unused-params", diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public void No_Module_Comes_From_A_Registry() =>
        Assert.All(Directory.EnumerateFiles(Bicep.Folder, "*.bicep", SearchOption.AllDirectories), file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("'br:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'br/", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'ts:", text, StringComparison.Ordinal);
        });

    [Fact]
    public void The_Parameter_File_Sets_Every_Parameter()
    {
        var declared = Template("main.bicep")["parameters"]!.AsObject().Select(parameter => parameter.Key);
        var set = JsonNode.Parse(File.ReadAllText(Path.Combine(Bicep.Folder, "main.parameters.json")))!["parameters"]!.AsObject();
        Assert.Equal(declared.Order(), set.Select(parameter => parameter.Key).Order());
    }

    [Fact]
    public void Uploads_Reach_The_Functions_That_Watch_Their_Containers()
    {
        var template = Template("events.bicep");
        var uploads = template["variables"]!["uploads"]!.AsObject().ToDictionary(upload => upload.Key, upload => (string)upload.Value!);
        Assert.Equal(new Dictionary<string, string> { ["ConvertAudio"] = "audio-uploads", ["IngestDataset"] = "dataset-uploads" }, uploads);
        Assert.Equal("securestring", (string?)template["parameters"]!["blobsExtensionKey"]!["type"], ignoreCase: true);
        Assert.Null(template["outputs"]);
    }

    private static JsonNode Template(string file) => JsonNode.Parse(Bicep.Build(file))!;
}
