using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Training;

public sealed class HyperParametersTests
{
    [Fact]
    public void Json_Of_One_Hidden_Layer_Is_As_It_Always_Was() => Assert.Equal(
        """{"learningRate":0.01,"hiddenUnits":24,"epochs":8,"batchSize":128,"seed":1}""",
        JsonSerializer.Serialize(new HyperParameters(0.01, 24, 8), PipelineJson.Compact));

    [Fact]
    public void Json_Names_What_Is_Not_The_Default()
    {
        var parameters = new HyperParameters(0.01, 24, 8)
        {
            Layers = 2,
            Dropout = 0.3,
            LabelSmoothing = 0.1,
            ClassWeights = ClassWeights.Balanced,
            Optimizer = Optimizer.Sgd,
            RestoreBest = Objective.MacroF1,
        };

        var json = JsonSerializer.Serialize(parameters, PipelineJson.Compact);

        Assert.EndsWith(
            """
            "layers":2,"dropout":0.3,"labelSmoothing":0.1,"classWeights":"balanced","optimizer":"sgd","restoreBest":"macroF1"}
            """,
            json);
        Assert.Equal(parameters, JsonSerializer.Deserialize<HyperParameters>(json, PipelineJson.Compact));
        Assert.Equal(1, JsonSerializer.Deserialize<HyperParameters>(
            """{"learningRate":0.01,"hiddenUnits":24,"epochs":8,"batchSize":128,"seed":1}""", PipelineJson.Compact)!.Layers);
    }
}
