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

    private const int Version = 2;
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
        var (learningRate, hiddenUnits, epochs, batchSize, seed) = checkpoint.Parameters;
        writer.Write(learningRate);
        foreach (var number in (ReadOnlySpan<int>)[hiddenUnits, epochs, batchSize, seed, checkpoint.TrainingRows]) writer.Write(number);
        writer.Write(checkpoint.Parameters.WeightDecay);
        writer.Write((int)checkpoint.Parameters.Schedule);
        writer.Write((int)checkpoint.Parameters.Activation);
        writer.Write(checkpoint.Epochs.Count);
        foreach (var (loss, accuracy, validationLoss, validationAccuracy) in checkpoint.Epochs)
        {
            foreach (var figure in (ReadOnlySpan<double>)[loss, accuracy, validationLoss, validationAccuracy]) writer.Write(figure);
        }

        writer.Write(checkpoint.Weights.Features);
        writer.Write(checkpoint.Weights.Classes);
        foreach (var (_, _, _, w1, b1, w2, b2) in (NetworkWeights[])[checkpoint.Weights, checkpoint.Means, checkpoint.Variances])
        {
            foreach (var array in (float[][])[w1, b1, w2, b2]) writer.Write(MemoryMarshal.AsBytes<float>(array));
        }

        writer.Write(checkpoint.Beta1Power);
        writer.Write(checkpoint.Beta2Power);
        writer.Flush();

        var bytes = stream.ToArray();
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = Version;
        SHA256.HashData(bytes.AsSpan(HeaderLength), bytes.AsSpan(Magic.Length + 1));
        return bytes;
    }

    /// <summary>The checkpoint and the seconds trained, or null where the bytes are damaged, foreign or another owner's.</summary>
    public static (double Seconds, TrainingCheckpoint Checkpoint)? TryRead(string owner, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || !bytes.StartsWith(Magic) || bytes[Magic.Length] != Version) return null;
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
            var epochs = new EpochMetrics[reader.Count(4 * sizeof(double))];
            for (var i = 0; i < epochs.Length; i++)
                epochs[i] = new EpochMetrics(reader.Double(), reader.Double(), reader.Double(), reader.Double());
            var (features, classes) = (reader.Count(), reader.Count());
            var weights = reader.Network(features, parameters, classes);
            var means = reader.Network(features, parameters, classes);
            var variances = reader.Network(features, parameters, classes);
            var checkpoint = new TrainingCheckpoint(
                arithmetic, parameters, rows, epochs, weights, means, variances, reader.Double(), reader.Double());
            return reader.AtEnd ? (seconds, checkpoint) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }
}
