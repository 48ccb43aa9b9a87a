using Microsoft.ML;

namespace MusicPipeline.Tests.MachineLearning;

/// <summary>Makes the schema shape of a data view, which only ML.NET's own code can construct.</summary>
internal static class SchemaShapes
{
    public static SchemaShape Of(IDataView data) =>
        // A data view's shape is what an estimator without effect promises; reflection reaches the factory.
        (SchemaShape)typeof(SchemaShape)
            .GetMethod("Create", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .Invoke(null, [data.Schema])!;
}
