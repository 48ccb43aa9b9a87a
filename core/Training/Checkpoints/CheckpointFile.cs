using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MusicPipeline.Training.Checkpoints;

/// <summary>
/// A checkpoint in bytes: the letters <c>MPCK</c>, a version, the SHA-256 of what follows, the owner, the seconds trained,
/// and the checkpoint's parts in the order of its declaration. Numbers are little-endian, and arrays follow from the shape.
/// </summary>
public static class CheckpointFile
{
    /// <summary>Largest file that is written or read: 512 MB, or 44 million parameters.</summary>
    public const long MaxLength = 1L << 29;

    private const int Version = 3;

    // The same without running means of squared gradients, which momentum has none of.
    private const int MomentumVersion = 4;
    private const int NoObjective = -1;

    // Of one hidden layer, Adam and four figures an epoch; no longer written.
    private const int OldVersion = 2;
    private const int HeaderLength = 5 + SHA256.HashSizeInBytes;
    private const int MaxTextLength = 256;

    private static ReadOnlySpan<byte> Magic => "MPCK"u8;

    /// <summary>Length of a file without its epochs, or about that.</summary>
    public static long LengthOf(long parameterCount) => HeaderLength + (3 * sizeof(float) * parameterCount);

    /// <summary>The file of a checkpoint.</summary>
    /// <param name="owner">What the checkpoint belongs to; reading asks for the same.</param>
    /// <param name="seconds">Seconds trained so far.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    public static byte[] Write(string owner, double seconds, TrainingCheckpoint checkpoint)
    {
        using var stream = new MemoryStream((int)LengthOf(checkpoint.Weights.ParameterCount) + 1024);
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[HeaderLength]);
        writer.Write(owner);
        writer.Write(seconds);
        writer.Write(checkpoint.Arithmetic);
        var parameters = checkpoint.Parameters;
        var (learningRate, hiddenUnits, epochs, batchSize, seed) = parameters;
        writer.Write(learningRate);
        foreach (var number in (ReadOnlySpan<int>)[hiddenUnits, epochs, batchSize, seed, checkpoint.TrainingRows]) writer.Write(number);
        writer.Write(parameters.WeightDecay);
        writer.Write((int)parameters.Schedule);
        writer.Write((int)parameters.Activation);
        writer.Write(parameters.Layers);
        writer.Write(parameters.Dropout);
        writer.Write(parameters.LabelSmoothing);
        writer.Write((int)parameters.ClassWeights);
        writer.Write((int)parameters.Optimizer);
        writer.Write(parameters.RestoreBest is { } objective ? (int)objective : NoObjective);
        writer.Write(checkpoint.Epochs.Count);
        foreach (var epoch in checkpoint.Epochs)
        {
            foreach (var figure in (ReadOnlySpan<double>)[epoch.Loss, epoch.Accuracy, epoch.ValidationLoss, epoch.ValidationAccuracy])
                writer.Write(figure);
            writer.Write(epoch.ValidationBalancedAccuracy ?? double.NaN);
            writer.Write(epoch.ValidationMacroF1 ?? double.NaN);
        }

        writer.Write(checkpoint.Weights.Features);
        writer.Write(checkpoint.Weights.Classes);
        Write(writer, checkpoint.Weights);
        Write(writer, checkpoint.Means);
        if (parameters.Optimizer != Optimizer.Sgd) Write(writer, checkpoint.Variances);
        writer.Write(checkpoint.Beta1Power);
        writer.Write(checkpoint.Beta2Power);
        writer.Write(checkpoint.BestWeights is null ? 0 : checkpoint.BestEpoch);
        if (checkpoint.BestWeights is { } best) Write(writer, best);
        writer.Flush();

        var bytes = stream.ToArray();
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = (byte)(parameters.Optimizer == Optimizer.Sgd ? MomentumVersion : Version);
        SHA256.HashData(bytes.AsSpan(HeaderLength), bytes.AsSpan(Magic.Length + 1));
        return bytes;
    }

    /// <summary>The checkpoint and the seconds trained, or null where the bytes are damaged, foreign or another owner's.</summary>
    public static (double Seconds, TrainingCheckpoint Checkpoint)? TryRead(string owner, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Magic)) return null;
        var version = bytes[Magic.Length];
        if (version is not (Version or OldVersion or MomentumVersion)) return null;
        var isOld = version == OldVersion;
        var body = bytes[HeaderLength..];
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes[(Magic.Length + 1)..HeaderLength])) return null;
        try
        {
            var reader = new CheckpointReader(body);
            if (reader.Text(MaxTextLength) != owner) return null;
            var seconds = reader.Double();
            var arithmetic = reader.Text(MaxTextLength);
            var parameters = new HyperParameters(reader.Double(), reader.Count(), reader.Count(), reader.Count(), reader.Int());
            var rows = reader.Count();
            parameters = parameters with
            {
                WeightDecay = reader.Double(),
                Schedule = (LearningRateSchedule)reader.Int(),
                Activation = (Activation)reader.Int(),
            };
            if (!isOld)
            {
                parameters = parameters with
                {
                    Layers = reader.Count(),
                    Dropout = reader.Double(),
                    LabelSmoothing = reader.Double(),
                    ClassWeights = (ClassWeights)reader.Int(),
                    Optimizer = (Optimizer)reader.Int(),
                    RestoreBest = reader.Int() is not NoObjective and var objective ? (Objective)objective : null,
                };
            }

            if (parameters.Layers is < 1 or > HyperParameters.MostLayers) return null;
            var epochs = new EpochMetrics[reader.Count((isOld ? 4 : 6) * sizeof(double))];
            for (var i = 0; i < epochs.Length; i++)
            {
                epochs[i] = new EpochMetrics(reader.Double(), reader.Double(), reader.Double(), reader.Double());
                if (isOld) continue;
                epochs[i] = epochs[i] with { ValidationBalancedAccuracy = reader.Figure(), ValidationMacroF1 = reader.Figure() };
            }

            var (features, classes) = (reader.Count(), reader.Count());
            var shape = NetworkShape.Of(features, classes, parameters);
            var checkpoint = new TrainingCheckpoint(
                arithmetic,
                parameters,
                rows,
                epochs,
                reader.Network(shape),
                reader.Network(shape),
                version == MomentumVersion ? Zeros(shape) : reader.Network(shape),
                reader.Double(),
                reader.Double());
            if (!isOld && reader.Count() is > 0 and var best)
                checkpoint = checkpoint with { BestEpoch = best, BestWeights = reader.Network(shape) };
            return reader.AtEnd && checkpoint.BestEpoch <= epochs.Length ? (seconds, checkpoint) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static NetworkWeights Zeros(NetworkShape shape) => new(
        [
            .. shape.Layers.Select(layer => new DenseLayer(
                layer.Inputs, layer.Units, new float[layer.Inputs * layer.Units], new float[layer.Units])),
        ],
        shape.Activation);

    private static void Write(BinaryWriter writer, NetworkWeights network)
    {
        foreach (var (_, _, weights, biases) in network.Layers)
        {
            writer.Write(MemoryMarshal.AsBytes<float>(weights));
            writer.Write(MemoryMarshal.AsBytes<float>(biases));
        }
    }
}
