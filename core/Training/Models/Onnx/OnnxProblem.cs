using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>Makes the errors of reading ONNX files.</summary>
internal static class OnnxProblem
{
    /// <summary>The file itself is wrong.</summary>
    public static InputException Of(string problem, Exception? cause = null) =>
        new(problem, "export the model again or take another copy of the file", innerException: cause);

    /// <summary>The file is a model, but none of this pipeline's.</summary>
    public static InputException NotOurs(string problem) =>
        new(problem, "take a model.onnx or best.onnx that this pipeline wrote");
}
