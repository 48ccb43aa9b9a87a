using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>
/// Softmax and loss of the outputs, and in training their derivatives. The grid is over rows and trials, whose output layers
/// are the launch's layers; a thread has one row.
/// </summary>
internal static class DenseOutputKernel
{
    public static void Run(DenseTask task)
    {
        var layer = task.Layers[task.Active[Grid.IdxZ]];
        var row = (Grid.IdxX * Tiling.Threads) + Group.IdxX;
        if (row >= task.Rows.Count) return;
        var trial = task.Trials[layer.Trial];
        var at = layer.Values + (row * layer.Units);
        var isTraining = task.Rows.IsTraining != 0;
        var source = task.Rows.First + row;
        if (isTraining) source = task.Rows.Order[(trial.Order * task.Rows.Positions) + source];
        var label = task.Labels[source];
        var largest = task.Values[at];
        float total = 0;
        var winner = 0;
        for (var c = 0; c < layer.Units; c++)
        {
            var output = task.Values[at + c];
            total += output;
            if (output > largest)
            {
                largest = output;
                winner = c;
            }
        }

        // The sum without the largest's 1 keeps the digits of small losses.
        float others = 0;
        for (var c = 0; c < layer.Units; c++)
        {
            if (c != winner) others += KernelMath.Exp(task.Values[at + c] - largest);
        }

        var smoothing = isTraining ? trial.Smoothing : 0;
        var weight = isTraining ? task.ClassWeights[(layer.Trial * layer.Units) + label] : 1;
        var gap = largest - task.Values[at + label];
        if (smoothing > 0) gap = ((1 - smoothing) * gap) + (smoothing * (largest - (total * task.ShareOfClass)));
        var place = (layer.Trial * task.RowCapacity) + task.FirstRow + row;
        task.Loss[place] = weight * (KernelMath.LogOnePlus(others) + gap);
        task.Winners[place] = winner;
        if (!isTraining) return;
        var scale = weight * task.Scale;
        var share = scale * KernelMath.Reciprocal(1 + others);
        var spread = scale * smoothing * task.ShareOfClass;
        for (var c = 0; c < layer.Units; c++)
        {
            var gradient = (share * KernelMath.Exp(task.Values[at + c] - largest)) - spread;
            if (c == label) gradient -= scale * (1 - smoothing);
            task.Gradients[at + c] = gradient;
        }
    }
}
