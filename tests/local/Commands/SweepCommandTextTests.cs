using System.CommandLine;
using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Local.Commands;
using MusicPipeline.Sweeps.Requests;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

/// <summary>The command that is shown for a request asks for that request.</summary>
public sealed class SweepCommandTextTests
{
    [Theory]
    [InlineData("""{"learningRates": [0.1, 0.00001], "hiddenUnits": [64, 256], "epochs": 30, "seed": 7, "repeats": 3}""")]
    [InlineData(
        """
        {"space": {"learningRate": {"logUniform": {"from": 0.0001, "to": 0.1}}, "hiddenUnits": {"powersOfTwo": {"from": 4, "to": 1024}},
         "batchSize": {"from": 64, "to": 256, "step": 64}, "epochs": {"integer": {"from": 8, "to": 64}}, "weightDecay": [0, 0.01],
         "activation": ["relu", "tanh"], "schedule": ["cosine"]}, "sampler": {"kind": "tpe", "trials": 40, "seed": 3, "candidates": 12}}
        """)]
    [InlineData(
        """
        {"hiddenUnits": [8], "pruner": {"kind": "patient", "patience": 3, "inner": {"kind": "asha", "metric": "loss", "factor": 4}},
         "stop": {"accuracy": 0.99, "trials": 10, "epochs": 100, "seconds": 90, "failures": 2}}
        """)]
    [InlineData(
        """
        {"points": [{"learningRate": 0.01, "activation": "relu"}, {"hiddenUnits": 32}], "objective": "macroF1", "restoreBest": true,
         "stop": {"at": 0.9}}
        """)]
    public void Is_Read_As_The_Request_That_It_Was_Made_Of(string json)
    {
        var request = JsonSerializer.Deserialize<SweepRequest>(json, PipelineJson.Compact)!;
        var text = SweepCommandText.Of(request);

        var options = new SearchOptions();
        var command = new RootCommand();
        foreach (var option in options.All) command.Add(option);
        var parsed = command.Parse(text["sweep ".Length..]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(
            JsonSerializer.Serialize(request, PipelineJson.Compact),
            JsonSerializer.Serialize(options.Apply(new SweepRequest(), parsed), PipelineJson.Compact));
    }

    [Theory]
    [InlineData("epochs", "sweep --epochs 3 --hidden-units 256")]
    [InlineData("dropout", "sweep --dropout 3")]
    public void A_Space_Of_Epochs_Alone_Is_Not_Taken_For_A_Preset(string parameter, string command) =>
        Assert.Equal(
            command,
            SweepCommandText.Of(JsonSerializer.Deserialize<SweepRequest>(
                $$$"""{"space": {"{{{parameter}}}": [3]}}""", PipelineJson.Compact)!));

    [Fact]
    public void Names_What_Other_Options_Say() =>
        Assert.Equal(
            "sweep --dataset 'my notes' --preset lab --validation 5-fold --baselines sdca lbfgs --device cpu --max-parallel 2 "
            + "--name 'What'\\''s this? $1' --notes '' --tags first 'a b'",
            SweepCommandText.Of(JsonSerializer.Deserialize<SweepRequest>(
                """
                {"dataset": "my notes", "preset": "lab", "validation": "5-fold", "baselines": ["sdca", "lbfgs"], "device": "cpu",
                 "maxParallel": 2, "name": "What's this? $1", "notes": "", "tags": ["first", "a b"]}
                """,
                PipelineJson.Compact)!));
}
