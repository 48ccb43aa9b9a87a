using ILGPU;
using ILGPU.Runtime;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.Training.Cuda;

/// <summary>Copies of networks of one hidden layer, in the tiles of the fused kernels.</summary>
internal sealed class PackNetworks(PackLayout layout, PackBuffers buffers) : IPackNetworks
{
    private readonly PackShape _shape = layout.Shape;

    /// <inheritdoc/>
    public void Load(int trial, NetworkWeights weights) => Write(trial, weights, buffers.W1.Weights, buffers.W2.Weights, buffers.Bias[0]);

    /// <inheritdoc/>
    public void LoadMoments(int trial, NetworkWeights means, NetworkWeights variances)
    {
        Write(trial, means, buffers.W1.Mean, buffers.W2.Mean, buffers.Bias[1]);
        Write(trial, variances, buffers.W1.Variance, buffers.W2.Variance, buffers.Bias[2]);
    }

    /// <inheritdoc/>
    public NetworkWeights Copy(int trial, NetworkWeights like) =>
        Read(trial, like, buffers.W1.Weights, buffers.W2.Weights, buffers.Bias[0]);

    /// <inheritdoc/>
    public (NetworkWeights Means, NetworkWeights Variances) CopyMoments(int trial, NetworkWeights like) => (
        Read(trial, like, buffers.W1.Mean, buffers.W2.Mean, buffers.Bias[1]),
        Read(trial, like, buffers.W1.Variance, buffers.W2.Variance, buffers.Bias[2]));

    private void Write(int trial, NetworkWeights weights, ArrayView<Float4> w1, ArrayView<Float4> w2, ArrayView<float> bias)
    {
        var ((_, units, w, b), (_, _, outputWeights, outputBias)) = (weights.Layers[0], weights.Layers[1]);
        var info = layout.Trials[trial];
        var first = new float[(long)info.Tiles * _shape.FeatureCapacity * Tiling.Units];
        var second = new float[(long)info.Tiles * _shape.ClassCapacity * Tiling.Units];
        for (var unit = 0; unit < units; unit++)
        {
            for (var f = 0; f < _shape.Features; f++) first[Place(unit, f, _shape.FeatureCapacity)] = w[((long)f * units) + unit];
            first[Place(unit, _shape.Features, _shape.FeatureCapacity)] = b[unit];
            for (var c = 0; c < _shape.Classes; c++)
                second[Place(unit, c, _shape.ClassCapacity)] = outputWeights[((long)unit * _shape.Classes) + c];
        }

        Part(w1, info, _shape.FeatureCapacity).CopyFromCPU(first);
        Part(w2, info, _shape.ClassCapacity).CopyFromCPU(second);
        bias.SubView((long)trial * _shape.ClassCapacity, _shape.Classes).CopyFromCPU(outputBias);
    }

    private NetworkWeights Read(int trial, NetworkWeights like, ArrayView<Float4> w1, ArrayView<Float4> w2, ArrayView<float> bias)
    {
        var units = like.Layers[0].Units;
        var info = layout.Trials[trial];
        var first = new float[(long)info.Tiles * _shape.FeatureCapacity * Tiling.Units];
        var second = new float[(long)info.Tiles * _shape.ClassCapacity * Tiling.Units];
        var b2 = new float[_shape.Classes];
        Part(w1, info, _shape.FeatureCapacity).CopyToCPU(first);
        Part(w2, info, _shape.ClassCapacity).CopyToCPU(second);
        bias.SubView((long)trial * _shape.ClassCapacity, _shape.Classes).CopyToCPU(b2);
        var (w, b) = (new float[_shape.Features * units], new float[units]);
        var outputWeights = new float[units * _shape.Classes];
        for (var unit = 0; unit < units; unit++)
        {
            for (var f = 0; f < _shape.Features; f++) w[((long)f * units) + unit] = first[Place(unit, f, _shape.FeatureCapacity)];
            b[unit] = first[Place(unit, _shape.Features, _shape.FeatureCapacity)];
            for (var c = 0; c < _shape.Classes; c++)
                outputWeights[((long)unit * _shape.Classes) + c] = second[Place(unit, c, _shape.ClassCapacity)];
        }

        return like with
        {
            Layers = [new(_shape.Features, units, w, b), new(units, _shape.Classes, outputWeights, b2)],
        };
    }

    // Tiles of units, each [row, unit].
    private static long Place(int unit, int row, int rows) =>
        (((((long)unit / Tiling.Units) * rows) + row) * Tiling.Units) + (unit % Tiling.Units);

    private static ArrayView<float> Part(ArrayView<Float4> all, TrialInfo trial, int rows)
    {
        var ofTile = (long)rows * Tiling.UnitVectors;
        return all.SubView(trial.FirstTile * ofTile, trial.Tiles * ofTile).Cast<float>();
    }
}
