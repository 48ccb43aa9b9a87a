using Microsoft.ML.Data;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.MachineLearning;

public sealed class DocumentedSampleTests
{
    [Fact]
    public void Runs_And_Scores()
    {
        using var folder = new TemporaryFolder();

        var (metrics, scored) = DocumentedSample.Run(Note.Draw(900), folder.File("model.onnx"));

        Assert.InRange(metrics.MicroAccuracy, 0.97, 1);
        var instruments = scored.GetColumn<string>("Instrument").ToArray();
        var labels = scored.GetColumn<long[]>("label").Select(label => label[0]).ToArray();
        Assert.Equal(metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()), labels.Length);
        var names = instruments.Zip(labels).GroupBy(pair => pair.Second, pair => pair.First)
            .ToDictionary(group => group.Key, group => group.CountBy(name => name).MaxBy(pair => pair.Value).Key);
        Assert.Equal(metrics.MicroAccuracy, instruments.Zip(labels).Average(pair => pair.First == names[pair.Second] ? 1.0 : 0), 1e-9);
    }

    [Theory]
    [InlineData("docs/ml-net.md")]
    [InlineData("core/Training/README.md")]
    public void Is_What_The_Documentation_Shows(string document)
    {
        var code = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "tests", "core", "MachineLearning", "DocumentedSample.cs"))
            .Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line);
        var shown = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, document));

        Assert.Equal(Between(code, "// docs/ml-net.md", "// end"), Between(shown, "```csharp", "```"));
    }

    private static string[] Between(IEnumerable<string> lines, string first, string last) =>
        [.. lines.SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != last)];
}
