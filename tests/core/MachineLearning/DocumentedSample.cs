using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Training.MachineLearning;

namespace MusicPipeline.Tests.MachineLearning;

internal static class DocumentedSample
{
    public static (MulticlassClassificationMetrics Metrics, IDataView Scored) Run(Note[] notes, string path)
    {
        // docs/ml-net.md
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(notes);
        var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Instrument")
            .Append(mlContext.Transforms.Concatenate("Features", "Pitch", "Loudness"))
            .Append(mlContext.MulticlassClassification.Trainers.NeuralNetwork(hiddenUnits: 16, learningRate: 0.01, epochs: 30))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));

        var model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}, log-loss {metrics.LogLoss:F3}");

        // The network alone, standardization inside, for ONNX Runtime in any language.
        var network = model.OfType<NeuralNetworkTransformer>().Single();
        using (var file = File.Create(path)) network.SaveOnnx(file);

        // The same model in ML.NET again. The graph calls its input 'features'.
        var onnx = mlContext.Transforms.Concatenate("features", "Pitch", "Loudness")
            .Append(mlContext.Transforms.ApplyOnnxModel(["probabilities", "label"], ["features"], path));
        var scored = onnx.Fit(split.TestSet).Transform(split.TestSet);
        // end
        return (metrics, scored);
    }
}
