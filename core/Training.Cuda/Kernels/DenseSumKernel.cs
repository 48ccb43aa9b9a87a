using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>Adds up a batch's losses and hits, always in the same order. The grid's third dimension counts the trials.</summary>
internal static class DenseSumKernel
{
    public static void Run(DenseTask task)
    {
        var losses = SharedMemory.Allocate<float>(Tiling.Threads);
        var hits = SharedMemory.Allocate<int>(Tiling.Threads);
        var trialNumber = task.Layers[task.Active[Grid.IdxZ]].Trial;
        var order = task.Trials[trialNumber].Order;
        float loss = 0;
        var correct = 0;
        for (var first = 0; first < task.Rows.Count; first += Tiling.Threads)
        {
            var row = first + Group.IdxX;
            losses[Group.IdxX] = 0;
            hits[Group.IdxX] = 0;
            if (row < task.Rows.Count)
            {
                var place = (trialNumber * task.RowCapacity) + row;
                var label = task.Labels[task.Rows.Order[(order * task.Rows.Positions) + task.Rows.First + row]];
                losses[Group.IdxX] = task.Loss[place];
                hits[Group.IdxX] = task.Winners[place] == label ? 1 : 0;
            }

            Group.Barrier();
            if (Group.IdxX == 0)
            {
                for (var i = 0; i < Tiling.Threads; i++)
                {
                    loss += losses[i];
                    correct += hits[i];
                }
            }

            Group.Barrier();
        }

        if (Group.IdxX != 0) return;
        var sums = task.Sums[trialNumber];
        if (sums.Diverged != 0 || !KernelMath.IsFinite(loss))
        {
            sums.Diverged = 1;
        }
        else
        {
            sums.Loss += loss;
            sums.Correct += correct;
        }

        task.Sums[trialNumber] = sums;
    }
}
