using MusicPipeline.Audio.Notes;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// Test notes that the winner took for another class, cut out of the collection's recordings so that people can hear them: some of each
/// pair of classes, those that are confused most often first, and of a pair those first of which the winner was surest.
/// </summary>
internal static class ConfusedNotes
{
    private const int Most = 12;
    private const int MostOfPair = 3;
    private const double MostSeconds = 1.5;

    // The note's features, standardized, as far as another machine may round them otherwise.
    private const float Tolerance = 1e-3f;

    /// <summary>Reads them.</summary>
    /// <param name="store">Where recordings are.</param>
    /// <param name="dataset">The data set of a collection.</param>
    /// <param name="probabilities">Of the test rows, rows x classes, row-major.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<ConfusedNote>> ReadAsync(
        IArtifactStore store, Dataset dataset, float[] probabilities, CancellationToken cancellationToken)
    {
        var (info, test) = (dataset.Info, dataset.Test);
        var notes = new List<ConfusedNote>();
        var sounds = new Dictionary<int, NoteSound[]?>();
        foreach (var (row, predicted, probability) in Choose(test, probabilities, info.Classes.Length))
        {
            var group = test.Groups!.OfRows[row];
            var rows = Enumerable.Range(0, test.Rows).Where(other => test.Groups.OfRows[other] == group).ToArray();
            if (!sounds.TryGetValue(group, out var sound))
                sounds[group] = sound = await CutAsync(store, dataset, group, rows, cancellationToken);
            var number = Array.IndexOf(rows, row);
            notes.Add(new ConfusedNote(
                info.Groups![group].Name, number + 1, info.NameOf(test.Labels[row]), info.NameOf(predicted), probability, sound?[number]));
        }

        return notes;
    }

    private static IEnumerable<(int Row, int Predicted, float Probability)> Choose(LabelledRows test, float[] probabilities, int classes) =>
        Enumerable.Range(0, test.Rows)
            .Select(row => (Row: row, Predicted: ClassProbabilities.Highest<float>(probabilities.AsSpan(row * classes, classes))))
            .Where(answer => answer.Predicted != test.Labels[answer.Row])
            .Select(answer => (answer.Row, answer.Predicted, Probability: probabilities[(answer.Row * classes) + answer.Predicted]))
            .GroupBy(answer => (Label: test.Labels[answer.Row], answer.Predicted))
            .OrderByDescending(pair => pair.Count())
            .ThenBy(pair => pair.Key)
            .SelectMany(pair => pair.OrderByDescending(answer => answer.Probability).ThenBy(answer => answer.Row).Take(MostOfPair))
            .Take(Most);

    /// <summary>
    /// The notes of a recording; null where they are not those that the rows were made of, which the recording's name alone does not say.
    /// </summary>
    private static async Task<NoteSound[]?> CutAsync(
        IArtifactStore store, Dataset dataset, int group, int[] rows, CancellationToken cancellationToken)
    {
        if (dataset.Info.Recipe is not { } id || NoteRecipe.Create(id) is not { } recipe) return null;
        try
        {
            await using var stream = await store.OpenReadAsync(
                BlobPaths.Recording(dataset.Info.Name, dataset.Info.Groups![group].Name), cancellationToken);
            return await Task.Run(() => Cut(stream, dataset, rows, recipe, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is InputException or IOException)
        {
            return null;
        }
    }

    private static NoteSound[]? Cut(Stream stream, Dataset dataset, int[] rows, NoteRecipe recipe, CancellationToken cancellationToken)
    {
        var read = RecordingNotes.Read(stream, recipe, out var mono, cancellationToken);
        if (read.Notes.Count != rows.Length || read.FeatureCount != dataset.Test.FeatureCount) return null;
        Standardization.Apply(dataset.Scaler, read.Features);
        for (var note = 0; note < rows.Length; note++)
        {
            var row = dataset.Test.Row(rows[note]);
            for (var i = 0; i < row.Length; i++)
            {
                if (!(Math.Abs(row[i] - read.Row(note)[i]) <= Tolerance)) return null;
            }
        }

        return
        [
            .. read.Notes.Select(note => new NoteSound(
                note.StartSeconds,
                note.EndSeconds,
                NoteWave.Write(mono.AsSpan(
                    note.Start, Math.Min(note.End - note.Start, (int)(MostSeconds * NoteRecipe.SampleRate)))))),
        ];
    }
}
