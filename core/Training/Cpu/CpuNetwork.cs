using System.Runtime.Intrinsics;
using MusicPipeline.Data;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// A network with its optimizer and its working memory, all allocated at once: steps and scores allocate nothing.
/// One thread at a time may use it.
/// </summary>
internal abstract class CpuNetwork : INetworkState, IDisposable
{
    /// <summary>The widest vectors of this machine.</summary>
    public static VectorWidth WidestVectors =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : VectorWidth.Bits128;

    /// <summary>A network in vectors of the widest kind, or of a given one.</summary>
    /// <param name="weights">Initial weights, which are copied, with their activation.</param>
    /// <param name="batchRows">Rows of the largest batch.</param>
    /// <param name="rules">What steps follow; null for a network that only scores.</param>
    /// <param name="width">Vector width; null for the widest that the hardware has.</param>
    public static CpuNetwork Create(NetworkWeights weights, int batchRows, StepRules? rules = null, VectorWidth? width = null) =>
        (width ?? WidestVectors) switch
        {
            VectorWidth.Bits512 => new SimdNetwork<Simd512, Vector512<float>>(weights, batchRows, rules),
            VectorWidth.Bits256 => new SimdNetwork<Simd256, Vector256<float>>(weights, batchRows, rules),
            _ => new SimdNetwork<Simd128, Vector128<float>>(weights, batchRows, rules),
        };

    /// <summary>Sets the learning rate of the steps that follow.</summary>
    public abstract void SetLearningRate(double learningRate);

    /// <summary>
    /// Scores a batch and then takes one step on it. Where the loss is NaN or infinite the step is not taken.
    /// The rows that follow in the order are fetched meanwhile.
    /// </summary>
    /// <param name="data">Rows to draw from.</param>
    /// <param name="order">Indices of an epoch's rows in their order.</param>
    /// <param name="start">Where in the order the batch starts.</param>
    /// <param name="count">Rows of the batch.</param>
    public abstract BatchScore Step(LabelledRows data, ReadOnlySpan<int> order, int start, int count);

    /// <summary>Scores rows without a step.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="hits">Counts how each class fared; null to count nothing.</param>
    /// <param name="cancellationToken">Read before every batch.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract BatchScore Score(LabelledRows data, ClassHits? hits = null, CancellationToken cancellationToken = default);

    /// <summary>Writes the probabilities (rows x classes) of rows x features.</summary>
    public abstract void Predict(ReadOnlySpan<float> features, Span<float> probabilities);

    /// <inheritdoc/>
    public abstract NetworkWeights ToWeights();

    /// <inheritdoc/>
    public abstract OptimizerState ToState();

    /// <summary>The reverse of <see cref="ToState"/>, for a network that has taken no step.</summary>
    public abstract void Restore(OptimizerState state);

    public abstract void Dispose();
}
