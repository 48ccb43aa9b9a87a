using MusicPipeline.Audio.Recordings;
using MusicPipeline.Audio.Resampling;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Notes;

/// <summary>The notes of a recording and what describes them.</summary>
/// <param name="Summary">Format, encoding, channels, rate, frames, text and warnings of the file.</param>
/// <param name="Recipe">Id of the recipe.</param>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="Notes">Notes in their order; none in silence.</param>
/// <param name="Features">Notes x features, row-major.</param>
/// <param name="Clarity">How clearly each note has a pitch, 0 to 1; it has one from <see cref="NoteRecipe.LeastClarity"/> on.</param>
public sealed record RecordingNotes(
    AudioSummary Summary, string Recipe, double Seconds, IReadOnlyList<Note> Notes, float[] Features, double[] Clarity)
{
    // The samples of half an hour fill 160 MB, its mel spectrogram 80.
    private const double MostSeconds = 1800;

    /// <summary>Numbers a note; 0 where there are no notes.</summary>
    public int FeatureCount => Notes.Count == 0 ? 0 : Features.Length / Notes.Count;

    /// <summary>The numbers of a note.</summary>
    public ReadOnlySpan<float> Row(int note) => Features.AsSpan(note * FeatureCount, FeatureCount);

    /// <summary>Finds and describes the notes of a recording's mono mix, resampled to <see cref="NoteRecipe.SampleRate"/>.</summary>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="recipe">How.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <exception cref="InputException">The recording cannot be read, holds no frame, or is longer than half an hour.</exception>
    public static RecordingNotes Read(Stream recording, NoteRecipe recipe, CancellationToken cancellationToken = default) =>
        Read(recording, recipe, out _, cancellationToken);

    /// <summary>The same, with the samples that notes are counted in.</summary>
    /// <inheritdoc cref="Read(Stream, NoteRecipe, CancellationToken)"/>
    /// <param name="recording">A seekable stream, read from its start.</param>
    /// <param name="recipe">How.</param>
    /// <param name="mono">The mono mix at <see cref="NoteRecipe.SampleRate"/>.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    public static RecordingNotes Read(
        Stream recording, NoteRecipe recipe, out float[] mono, CancellationToken cancellationToken = default)
    {
        using var sound = Recording.Open(recording).WithSound();
        mono = ReadMono(sound, cancellationToken);
        var notes = recipe.FindNotes(mono, cancellationToken);
        var features = new float[notes.Count * recipe.FeatureCount];
        var clarity = new double[notes.Count];
        for (var i = 0; i < notes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var note = mono.AsMemory(notes[i].Start, notes[i].End - notes[i].Start);
            clarity[i] = recipe.DescribeWithClarity(note, features.AsSpan(i * recipe.FeatureCount, recipe.FeatureCount));
        }

        return new RecordingNotes(sound.Summary, recipe.Id, mono.Length / NoteRecipe.SampleRate, notes, features, clarity);
    }

    private static float[] ReadMono(IPcmSource sound, CancellationToken cancellationToken)
    {
        var source = Resampler.To(new MonoMix(sound), NoteRecipe.SampleRate);
        if (source.Length > MostSeconds * NoteRecipe.SampleRate)
        {
            throw new InputException(
                $"the recording is {source.Length / source.SampleRate / 60:N0} minutes long, too long to look for notes in",
                $"cut it into recordings of at most {MostSeconds / 60:N0} minutes",
                kind: InputErrorKind.TooLarge);
        }

        var mono = new float[source.Length];
        const int Block = 1 << 16;
        for (var at = 0; at < mono.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = source.Read(mono.AsSpan(at, Math.Min(Block, mono.Length - at)));
            if (read == 0) throw new EndOfStreamException();
            at += read;
        }

        return mono;
    }
}
