using MusicPipeline.Audio.Notes;
using MusicPipeline.Errors;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Uploads;

/// <summary>
/// Labels the notes of a recording with a model that learned from notes, and the recording by the mean of those that have a pitch. Noise
/// and speech, which are like nothing that it learned from, would have a label otherwise, and a probable one.
/// </summary>
public static class RecordingClassifier
{
    /// <summary>Finds, describes and classifies the notes of a recording.</summary>
    /// <param name="model">What the model is called in the answer.</param>
    /// <param name="scorer">The model; it says by itself which recipe it takes.</param>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <exception cref="InputException">
    /// The recording cannot be read or is too long; or the model learned from something else than notes of recordings.
    /// </exception>
    public static RecordingLabels Classify(
        string model, ModelScorer scorer, Stream recording, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        var notes = RecordingNotes.Read(recording, RecipeOf(scorer), cancellationToken);
        var names = scorer.Metadata.ClassNames ?? [.. scorer.Metadata.Classes.Select(label => label.ToString())];
        var unlabelled = new RecordingLabels(
            model, notes.Recipe, notes.Seconds, names, null, null, scorer.Metadata.NotSureBelow, [], []);
        if (notes.Notes.Count == 0) return unlabelled;

        var prediction = scorer.Score(notes.Features, notes.FeatureCount, cancellationToken);
        var judgesPitch = scorer.Metadata.WithoutPitch <= ModelMetadata.MostWithoutPitch;
        var labels = new NoteLabel[prediction.Rows];
        for (var note = 0; note < labels.Length; note++)
        {
            var probabilities = Array.ConvertAll(prediction.Row(note).ToArray(), probability => (double)probability);
            var (start, end) = (notes.Notes[note].StartSeconds, notes.Notes[note].EndSeconds);
            var best = ClassProbabilities.Highest<double>(probabilities);
            bool? hasPitch = judgesPitch ? notes.Clarity[note] >= NoteRecipe.LeastClarity : null;
            labels[note] = new NoteLabel(start, end, names[best], probabilities[best], probabilities, hasPitch);
        }

        var balance = labels.Sum(note => note.HasPitch == false ? note.Start - note.End : note.End - note.Start);
        if (balance < 0) return unlabelled with { Notes = labels };
        int[] counted = [.. labels.Index().Where(note => note.Item.HasPitch != false).Select(note => note.Index)];
        var means = ClassProbabilities.Mean(prediction.Probabilities, names.Length, counted);
        var winner = ClassProbabilities.Highest<double>(means);
        return unlabelled with { Label = names[winner], Probability = means[winner], Probabilities = means, Notes = labels };
    }

    private static NoteRecipe RecipeOf(ModelScorer scorer)
    {
        var id = scorer.Metadata.Recipe is { Length: > 0 } named ? named : throw new InputException(
            "the model learned from arrays, and does not say how a recording's notes become its features",
            "name a model of a sweep over a collection of recordings");
        var recipe = NoteRecipe.Create(id) ?? throw new InputException(
            $"the model takes notes described by the recipe '{id}', which is none that there is here", "use the version that trained it");
        return recipe.FeatureCount == scorer.Features
            ? recipe
            : throw new InputException(
                $"the model takes {scorer.Features} features, and its recipe '{id}' gives {recipe.FeatureCount}", "train it anew");
    }
}
