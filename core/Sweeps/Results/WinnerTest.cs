using MusicPipeline.Data;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The winner of a sweep on the test set, once.</summary>
/// <param name="Score">Its score; null where it was chosen on the test set, which its last epoch says already.</param>
/// <param name="Confusion">Its predictions, class by class.</param>
/// <param name="Recordings">The same of whole recordings, where rows are notes of recordings; else null.</param>
internal sealed record WinnerTest(TestScore? Score, ConfusionMatrix Confusion, RecordingResults? Recordings)
{
    /// <summary>Predicts every test row with the winner's model.</summary>
    public static async Task<WinnerTest> RunAsync(
        IArtifactStore store, DatasetCache datasets, SweepPlan plan, TrialRecord best, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        await using var stream = await store.OpenReadAsync(BlobPaths.Trial(best.Trial.Id, SweepFiles.Model), cancellationToken);
        var weights = OnnxModelReader.Read(stream).Weights;
        var confusion = Confuse(dataset.Info, dataset.Test.Labels, Network.Probabilities(weights, dataset.Test.Features));
        var recordings = dataset.Test.Groups is null ? null : Label(weights, dataset, best.Trial.Validation);
        if (plan.Validation == ValidationRule.TestSet) return new WinnerTest(null, confusion, recordings);
        var (loss, accuracy) = Network.Evaluate(weights, dataset.Test);
        return new WinnerTest(new TestScore(loss, accuracy, dataset.Test.Rows), confusion, recordings);
    }

    private static RecordingResults Label(NetworkWeights weights, Dataset dataset, ValidationRule validation)
    {
        var test = GroupProbabilities.Of(weights, dataset.Test);
        var validated = GroupProbabilities.Of(weights, TrialData.Split(dataset, validation).Validation);
        var sure = validated.SureFrom(RecordingResults.WantedShare);
        var confusion = Confuse(dataset.Info, test.Labels, test.Probabilities);
        return new RecordingResults(confusion, validated.Labels.Length, sure?.Probability, sure?.Count ?? 0, sure?.Right ?? 0);
    }

    private static ConfusionMatrix Confuse(DatasetInfo info, int[] labels, float[] probabilities)
    {
        var classes = info.Classes;
        var counts = new int[classes.Length][];
        for (var i = 0; i < counts.Length; i++) counts[i] = new int[classes.Length];
        for (var row = 0; row < labels.Length; row++)
            counts[labels[row]][GroupProbabilities.MostProbable(probabilities.AsSpan(row * classes.Length, classes.Length))]++;
        return new ConfusionMatrix(classes, counts) { ClassNames = info.ClassNames };
    }
}
