using Microsoft.ML.OnnxRuntime;
using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>The one place that configures ONNX Runtime.</summary>
internal static class Sessions
{
    /// <summary>
    /// Opens a model on the CPU or, in builds with <c>-p:OnnxRuntime=Gpu</c>, on the GPU where there is one that works.
    /// </summary>
    /// <exception cref="InputException">ONNX Runtime cannot load it.</exception>
    public static InferenceSession Open(byte[] model, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // What goes wrong comes back as an exception; standard error belongs to the host.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
#if ONNX_GPU
        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException)
        {
            // No GPU, or no CUDA libraries beside it: the CPU provider is there in every build.
        }
#endif
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw OnnxProblem.Of($"ONNX Runtime cannot load the model ({FirstLine(exception.Message)})", exception);
        }
    }

    /// <summary>The first line of one of ONNX Runtime's messages, which can go on with a stack trace.</summary>
    public static string FirstLine(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        return line.TrimEnd(" .").ToString();
    }
}
