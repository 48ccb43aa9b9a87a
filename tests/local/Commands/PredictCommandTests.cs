using System.Text.Json;
using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PredictCommandTests()
    {
        // One feature: class 7 below 10, class 9 above, as steep as the weights say.
        var weights = new NetworkWeights([new(1, 1, [4], [0]), new(1, 2, [-20, 20], [10, -10])]);
        using var file = File.Create(_folder.File("model.onnx"));
        OnnxWriter.Write(file, weights, new Scaler([10], [2]), new ModelMetadata([7, 9]));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Labels_Rows_And_Scores_Them()
    {
        await SaveAsync("rows.npy", new float[] { 5, 15, 6, 14 }, 4, 1);
        await SaveAsync("labels.npy", new long[] { 7, 9, 7, 7 }, 4);

        var result = await MusicProgram.RunInAsync(
            _folder.FullPath, "predict", "model.onnx", "rows.npy", "--labels", "labels.npy", "--json");

        using var answer = JsonDocument.Parse(result.Output);
        Assert.Equal([7, 9, 7, 9], answer.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetInt64()));
        Assert.Equal(0.75, answer.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal("[[2,1],[0,1]]", answer.RootElement.GetProperty("confusion").GetRawText());
        Assert.Equal(4, answer.RootElement.GetProperty("probabilities").GetArrayLength());
    }

    [Fact]
    public async Task Shows_A_Table_To_People()
    {
        await SaveAsync("rows.npy", new float[] { 5, 15, 6, 14 }, 4, 1);
        await SaveAsync("labels.npy", new long[] { 7, 9, 7, 7 }, 4);

        var result = await MusicProgram.RunInAsync(
            _folder.FullPath, "predict", "model.onnx", "rows.npy", "--labels", "labels.npy", "--rows", "2");

        Assert.Contains("p(7)", result.Output, StringComparison.Ordinal);
        Assert.Contains("2 more rows", result.Output, StringComparison.Ordinal);
        Assert.Contains("Accuracy 75.00 %", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspects_The_Model()
    {
        var result = await MusicProgram.RunInAsync(_folder.FullPath, "inspect", "model.onnx");
        Assert.Contains("hidden (Gemm) -> (rows, 1), 2 parameters", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_The_File_That_Does_Not_Fit()
    {
        await SaveAsync("wide.npy", new float[] { 1, 2 }, 1, 2);
        await SaveAsync("rows.npy", new float[] { 5, 15 }, 2, 1);
        await SaveAsync("labels.npy", new long[] { 7, 8 }, 2);

        var wide = await MusicProgram.RunInAsync(_folder.FullPath, "predict", "model.onnx", "wide.npy");
        var strange = await MusicProgram.RunInAsync(_folder.FullPath, "predict", "model.onnx", "rows.npy", "--labels", "labels.npy");
        var swapped = await MusicProgram.RunInAsync(_folder.FullPath, "predict", "rows.npy", "rows.npy");

        Assert.StartsWith("music: wide.npy: the rows have 2 features", wide.Error, StringComparison.Ordinal);
        Assert.StartsWith("music: labels.npy: 1 of 2 labels", strange.Error, StringComparison.Ordinal);
        Assert.StartsWith("music: rows.npy: the file is no ONNX model", swapped.Error, StringComparison.Ordinal);
        Assert.All([wide, strange, swapped], result => Assert.Equal(2, result.ExitCode));
    }

    private async Task SaveAsync<T>(string name, T[] values, params long[] shape)
        where T : unmanaged
    {
        await using var file = File.Create(_folder.File(name));
        await NpyWriter.WriteAsync<T>(file, values, shape);
    }
}
