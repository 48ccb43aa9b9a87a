using System.Text.Json.Serialization;

namespace MusicPipeline.Uploads;

/// <summary>What a model says about a recording; <c>labels.json</c> beside a converted one.</summary>
/// <param name="Model">The model: a sweep, a trial or a file.</param>
/// <param name="Recipe">How its notes were found and described.</param>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="Classes">Name of each column of the probabilities.</param>
/// <param name="Label">
/// Class of the mean of the notes' probabilities, those without a pitch left out; null where there is no note, and where those without a
/// pitch last longer than the others.
/// </param>
/// <param name="Probability">The mean probability of that class; null where there is no label.</param>
/// <param name="NotSureBelow">
/// Probability from which on nine in ten of the model's labels were right when it was validated, where it says so; 1 where there is none.
/// </param>
/// <param name="Probabilities">Mean over those notes, one for each class; empty where there is no label.</param>
/// <param name="Notes">The notes in their order.</param>
public sealed record RecordingLabels(
    string Model,
    string Recipe,
    double Seconds,
    IReadOnlyList<string> Classes,
    string? Label,
    double? Probability,
    double? NotSureBelow,
    IReadOnlyList<double> Probabilities,
    IReadOnlyList<NoteLabel> Notes)
{
    /// <summary>Whether the label is probable enough to be trusted, by what the model's validation recordings taught.</summary>
    public bool IsSure => Probability >= (NotSureBelow ?? 0);

    /// <summary>The label in words.</summary>
    public string Sentence
    {
        get
        {
            if (Notes.Count == 0) return "No note was found, so there is no label: it is silent, too quiet or too short.";
            var without = Notes.Count(note => note.HasPitch == false);
            if (Label is null) return $"No label: {WithoutPitch(without)}; it sounds like noise, or like speech.";
            var counted = Notes.Count - without;
            var notes = (counted == 1 ? "one note" : $"the mean of {counted} notes")
                + (without == 0 ? "" : $"; {without} without a pitch {(without == 1 ? "does" : "do")} not count");
            if (IsSure) return $"{Label}, with a probability of {Probability:P0} ({notes}).";
            var next = Classes.Zip(Probabilities).Where(entry => entry.First != Label).MaxBy(entry => entry.Second);
            var rivals = next.First is null ? $"{Label} {Probability:P0}" : $"{Label} {Probability:P0}, {next.First} {next.Second:P0}";
            var wanted = NotSureBelow < 1 ? $"only from {NotSureBelow:P0} on" : "at no probability";
            return $"Not sure: {rivals} ({notes}); {wanted} were nine in ten of the model's labels right when it was validated.";
        }
    }

    private string WithoutPitch(int notes) =>
        Notes.Count == 1 ? "its one note has no pitch"
        : notes == Notes.Count ? $"none of its {notes} notes has a pitch"
        : $"most of it, {notes} of its {Notes.Count} notes, has no pitch";
}

/// <summary>What a model says about a note.</summary>
/// <param name="Start">When it begins, in seconds.</param>
/// <param name="End">When it ends, in seconds.</param>
/// <param name="Label">The most probable class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Probabilities">One for each class.</param>
/// <param name="HasPitch">
/// Whether it has a pitch: where it has none, what the model says means nothing, and does not count. Null where the model learned from
/// notes without one, too, or does not say.
/// </param>
public sealed record NoteLabel(
    double Start, double End, string Label, double Probability, IReadOnlyList<double> Probabilities, bool? HasPitch = null)
{
    /// <summary>The label as people see it.</summary>
    [JsonIgnore]
    public string Caption => HasPitch == false ? "no pitch" : Label;
}
