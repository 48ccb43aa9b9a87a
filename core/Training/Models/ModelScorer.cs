using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MusicPipeline.Errors;
using MusicPipeline.Training.Models.Onnx;

namespace MusicPipeline.Training.Models;

/// <summary>
/// Scores raw feature rows with a classifier in ONNX: any model with one float32 input of rows x features and the
/// outputs <c>probabilities</c> (float32, rows x classes) and <c>label</c> (int64, rows). Safe to use from several
/// threads at once.
/// </summary>
public sealed class ModelScorer : IDisposable
{
    // Large enough for the matrix products to run at speed, small enough to be cancelled soon.
    private const int BatchRows = 2048;
    private const int MostClasses = 10_000;

    private readonly InferenceSession _session;
    private readonly string _input;

    private ModelScorer(InferenceSession session, ModelProto model)
    {
        _session = session;
        (_input, Features, var classes) = Interface(session);
        Metadata = ReadMetadata(model, classes);
    }

    /// <summary>Features of a row.</summary>
    public int Features { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Metadata.Classes.Length;

    /// <summary>The model's classes and origin; of a model from elsewhere, classes 0 to classes - 1 and nothing more.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>Opens a model file.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="threads">Threads that one call may use.</param>
    /// <exception cref="InputException">The file is missing or no classifier in ONNX.</exception>
    public static ModelScorer Open(string path, int threads = 1)
    {
        if (!File.Exists(path))
            throw new InputException("there is no such file", "check the path", path, InputErrorKind.NotFound);
        try
        {
            using var file = File.OpenRead(path);
            return Load(ModelFile.ReadBytes(file).ToArray(), threads);
        }
        catch (InputException exception)
        {
            throw exception.About(path);
        }
    }

    /// <summary>Opens a model from its bytes.</summary>
    /// <param name="model">The ONNX file's content.</param>
    /// <param name="threads">Threads that one call may use.</param>
    /// <exception cref="InputException">The bytes are no classifier in ONNX.</exception>
    public static ModelScorer Load(byte[] model, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var parsed = ModelFile.Parse(model);
        var session = Sessions.Open(model, threads);
        try
        {
            return new ModelScorer(session, parsed);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Scores rows.</summary>
    /// <param name="features">rows x features, row-major, as they come from the data: not standardized.</param>
    /// <param name="featureCount">Features a row in <paramref name="features"/>.</param>
    /// <param name="cancellationToken">Read before every batch of 2,048 rows.</param>
    /// <exception cref="InputException">The rows have another number of features than the model, or are not finite.</exception>
    public Prediction Score(ReadOnlyMemory<float> features, int featureCount, CancellationToken cancellationToken = default)
    {
        var rows = CheckedRows(features.Span, featureCount);
        var labels = new long[rows];
        var probabilities = new float[rows * Classes];
        for (var start = 0; start < rows; start += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(BatchRows, rows - start);
            // A copy, because ONNX Runtime takes no read-only memory.
            var batch = features.Slice(start * Features, count * Features).ToArray();
            ScoreBatch(batch, count, labels.AsSpan(start, count), probabilities.AsSpan(start * Classes, count * Classes));
        }

        return new Prediction(labels, probabilities, Metadata.Classes);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void ScoreBatch(float[] batch, int rows, Span<long> labels, Span<float> probabilities)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(batch, [rows, Features]);
        using var options = new RunOptions();
        try
        {
            using var outputs = _session.Run(options, [_input], [input], [ClassifierGraph.Label, ClassifierGraph.Probabilities]);
            Copy(outputs[0].GetTensorDataAsSpan<long>(), labels);
            Copy(outputs[1].GetTensorDataAsSpan<float>(), probabilities);
        }
        catch (OnnxRuntimeException exception)
        {
            throw OnnxProblem.Of($"ONNX Runtime cannot run the model ({Sessions.FirstLine(exception.Message)})", exception);
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> output, Span<T> target)
    {
        if (output.Length != target.Length)
            throw OnnxProblem.NotOurs($"the model answers {output.Length} values where {target.Length} were expected");
        output.CopyTo(target);
    }

    private int CheckedRows(ReadOnlySpan<float> features, int featureCount)
    {
        if (featureCount != Features)
        {
            throw new InputException(
                $"the rows have {featureCount} features and the model takes {Features}",
                "score the kind of data that the model was trained on");
        }

        if (features.Length % featureCount != 0)
            throw new ArgumentException($"{features.Length} values are no whole number of rows of {featureCount}.", nameof(features));
        var rows = features.Length / featureCount;
        if ((long)rows * Classes > Array.MaxLength)
            throw new InputException(
                $"{rows} rows of {Classes} classes are too many at once", "score them in parts", kind: InputErrorKind.TooLarge);
        for (var i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
            {
                throw new InputException(
                    $"feature {i % featureCount} of row {i / featureCount} is {features[i]}",
                    "remove or fill what is NaN or infinite");
            }
        }

        return rows;
    }

    private static (string Input, int Features, int Classes) Interface(InferenceSession session)
    {
        if (session.InputMetadata.Count == 1
            && session.InputMetadata.First() is var input
            && input.Value is { ElementDataType: TensorElementType.Float, Dimensions: [_, > 0 and var features] }
            && session.OutputMetadata.TryGetValue(ClassifierGraph.Probabilities, out var probabilities)
            && probabilities is { ElementDataType: TensorElementType.Float, Dimensions: [_, > 0 and <= MostClasses and var classes] }
            && session.OutputMetadata.TryGetValue(ClassifierGraph.Label, out var label)
            && label is { ElementDataType: TensorElementType.Int64, Dimensions.Length: 1 })
        {
            return (input.Key, features, classes);
        }

        throw OnnxProblem.NotOurs(
            "the model is no classifier of feature rows: it needs one float32 input of rows x features and the outputs "
            + "'probabilities' (float32, rows x classes) and 'label' (int64, rows)");
    }

    private static ModelMetadata ReadMetadata(ModelProto model, int classes)
    {
        if (model.ProducerName != OnnxWriter.Producer) return new ModelMetadata([.. Enumerable.Range(0, classes)]);
        var metadata = MetadataProps.Read(ModelFile.Metadata(model));
        return metadata.Classes.Length == classes
            ? metadata
            : throw OnnxProblem.Of($"the model's metadata names {metadata.Classes.Length} classes for {classes} outputs");
    }
}
