using MusicPipeline.Data;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The winner of a sweep on the test set, once.</summary>
/// <param name="Score">Its score; null where it was chosen on the test set, which its last epoch says already.</param>
/// <param name="Confusion">Its predictions, class by class.</param>
internal sealed record WinnerTest(TestScore? Score, ConfusionMatrix Confusion)
{
    /// <summary>Predicts every test row with the winner's model.</summary>
    public static async Task<WinnerTest> RunAsync(
        IArtifactStore store, DatasetCache datasets, SweepPlan plan, TrialRecord best, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        await using var stream = await store.OpenReadAsync(BlobPaths.Trial(best.Trial.Id, SweepFiles.Model), cancellationToken);
        var weights = OnnxModelReader.Read(stream).Weights;
        var confusion = Confuse(weights, dataset);
        if (plan.Validation == ValidationRule.TestSet) return new WinnerTest(null, confusion);
        var (loss, accuracy) = Network.Evaluate(weights, dataset.Test);
        return new WinnerTest(new TestScore(loss, accuracy, dataset.Test.Rows), confusion);
    }

    private static ConfusionMatrix Confuse(NetworkWeights weights, Dataset dataset)
    {
        var classes = dataset.Info.Classes;
        var probabilities = Network.Probabilities(weights, dataset.Test.Features).AsSpan();
        var counts = new int[classes.Length][];
        for (var i = 0; i < counts.Length; i++) counts[i] = new int[classes.Length];
        for (var row = 0; row < dataset.Test.Rows; row++)
        {
            var each = probabilities.Slice(row * classes.Length, classes.Length);
            var predicted = 0;
            for (var i = 1; i < each.Length; i++)
            {
                if (each[i] > each[predicted]) predicted = i;
            }

            counts[dataset.Test.Labels[row]][predicted]++;
        }

        return new ConfusionMatrix(classes, counts);
    }
}
