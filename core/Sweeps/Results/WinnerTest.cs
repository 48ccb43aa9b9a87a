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
/// <param name="Confused">Notes to hear that it took for another class.</param>
internal sealed record WinnerTest(
    TestScore? Score, ConfusionMatrix Confusion, RecordingResults? Recordings, IReadOnlyList<ConfusedNote> Confused)
{
    /// <summary>Predicts every test row with the winner's model.</summary>
    /// <param name="store">Where models are.</param>
    /// <param name="datasets">Where data sets are.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="best">The winner.</param>
    /// <param name="trials">All trials that finished, among them the other folds of the winner's point.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<WinnerTest> RunAsync(
        IArtifactStore store,
        DatasetCache datasets,
        SweepPlan plan,
        TrialRecord best,
        IEnumerable<TrialRecord> trials,
        CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        var weights = await ReadAsync(store, best, cancellationToken);
        var probabilities = Network.Probabilities(weights, dataset.Test.Features);
        var confusion = Confuse(dataset.Info, dataset.Test.Labels, probabilities);
        var recordings = dataset.Test.Groups is null
            ? null
            : await LabelAsync(store, weights, dataset, best, trials, cancellationToken);
        var confused = recordings is null ? [] : await ConfusedNotes.ReadAsync(store, dataset, probabilities, cancellationToken);
        if (plan.Validation == ValidationRule.TestSet) return new WinnerTest(null, confusion, recordings, confused);
        var (loss, accuracy) = Network.Evaluate(weights, dataset.Test);
        return new WinnerTest(new TestScore(loss, accuracy, dataset.Test.Rows), confusion, recordings, confused);
    }

    private static async Task<NetworkWeights> ReadAsync(IArtifactStore store, TrialRecord trial, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(BlobPaths.Trial(trial.Trial.Id, SweepFiles.Model), cancellationToken);
        return OnnxModelReader.Read(stream).Weights;
    }

    private static async Task<RecordingResults> LabelAsync(
        IArtifactStore store,
        NetworkWeights weights,
        Dataset dataset,
        TrialRecord best,
        IEnumerable<TrialRecord> trials,
        CancellationToken cancellationToken)
    {
        var validated = GroupProbabilities.Of(weights, TrialData.Split(dataset, best.Trial.Validation).Validation);
        // Each fold's recordings are judged by the network that has not learned from them.
        foreach (var fold in trials.Where(trial => IsOtherFold(trial, best)))
        {
            var other = await ReadAsync(store, fold, cancellationToken);
            validated = validated.With(GroupProbabilities.Of(other, TrialData.Split(dataset, fold.Trial.Validation).Validation));
        }

        var test = GroupProbabilities.Of(weights, dataset.Test);
        var sure = validated.SureFrom(RecordingResults.WantedShare);
        var confusion = Confuse(dataset.Info, test.Labels, test.Probabilities);
        double? bound = sure is { } found ? validated.BoundBelow(found.Probability) : null;
        return new RecordingResults(confusion, validated.Labels.Length, bound, sure?.Count ?? 0, sure?.Right ?? 0);
    }

    private static bool IsOtherFold(TrialRecord trial, TrialRecord best) =>
        best.Trial.Validation.Fold is not null
        && trial.Outcome == TrainingOutcome.Completed
        && trial.Trial.Id != best.Trial.Id
        && trial.Trial.Parameters == best.Trial.Parameters
        && trial.Trial.Validation.Folds == best.Trial.Validation.Folds;

    private static ConfusionMatrix Confuse(DatasetInfo info, int[] labels, float[] probabilities)
    {
        var classes = info.Classes;
        var counts = new int[classes.Length][];
        for (var i = 0; i < counts.Length; i++) counts[i] = new int[classes.Length];
        for (var row = 0; row < labels.Length; row++)
            counts[labels[row]][ClassProbabilities.Highest<float>(probabilities.AsSpan(row * classes.Length, classes.Length))]++;
        return new ConfusionMatrix(classes, counts) { ClassNames = info.ClassNames };
    }
}
