using ILGPU;
using ILGPU.Runtime;

namespace MusicPipeline.Training.Cuda;

/// <summary>Copies of networks of any depth: on the device a trial's layers follow one another, each with its biases last.</summary>
internal sealed class DenseNetworks(DenseLayout layout, DenseBuffers buffers) : IPackNetworks
{
    /// <inheritdoc/>
    public void Load(int trial, NetworkWeights weights) => Write(trial, weights, buffers.Weights);

    /// <inheritdoc/>
    public void LoadMoments(int trial, NetworkWeights means, NetworkWeights variances)
    {
        Write(trial, means, buffers.Mean);
        Write(trial, variances, buffers.Variance);
    }

    /// <inheritdoc/>
    public NetworkWeights Copy(int trial, NetworkWeights like) => Read(trial, like, buffers.Weights);

    /// <inheritdoc/>
    public (NetworkWeights Means, NetworkWeights Variances) CopyMoments(int trial, NetworkWeights like) =>
        (Read(trial, like, buffers.Mean), Read(trial, like, buffers.Variance));

    private void Write(int trial, NetworkWeights weights, ArrayView<float> all) =>
        Part(trial, all).CopyFromCPU([.. weights.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))]);

    private NetworkWeights Read(int trial, NetworkWeights like, ArrayView<float> all)
    {
        var floats = new float[layout.ParametersOf[trial].Count];
        Part(trial, all).CopyToCPU(floats);
        var layers = new DenseLayer[like.Layers.Length];
        var at = 0;
        for (var i = 0; i < layers.Length; i++)
        {
            var (inputs, units, weights, biases) = like.Layers[i];
            var after = at + weights.Length;
            layers[i] = new DenseLayer(inputs, units, floats[at..after], floats[after..(after + biases.Length)]);
            at = after + biases.Length;
        }

        return like with { Layers = layers };
    }

    private ArrayView<float> Part(int trial, ArrayView<float> all) =>
        all.SubView(layout.ParametersOf[trial].Start, layout.ParametersOf[trial].Count);
}
