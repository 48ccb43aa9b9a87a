namespace MusicPipeline.Audio.Notes;

/// <summary>A note in a recording's mono samples at <see cref="NoteRecipe.SampleRate"/>.</summary>
/// <param name="Start">First sample.</param>
/// <param name="End">The sample after the last.</param>
public readonly record struct Note(int Start, int End)
{
    /// <summary>When it begins, in seconds.</summary>
    public double StartSeconds => Start / NoteRecipe.SampleRate;

    /// <summary>When it ends, in seconds.</summary>
    public double EndSeconds => End / NoteRecipe.SampleRate;
}
