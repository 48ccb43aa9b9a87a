using MusicPipeline.Audio.Features;
using MusicPipeline.Notes;

namespace MusicPipeline.Audio.Notes;

/// <summary>
/// How notes are found in a recording and described by 120 numbers. Name and version travel with data sets and models, so that
/// a model is asked about features of the kind that it learned from. Not for several threads at once.
/// </summary>
public abstract class NoteRecipe
{
    /// <summary>Rate of the mono samples that recipes work on, in Hz.</summary>
    public const double SampleRate = AudioFeatures.LibrosaRate;

    /// <summary>
    /// The <see cref="Clarity"/> from which on a note has a pitch: 98 of 100 notes of instruments have more, and noise of any colour less.
    /// </summary>
    public const double LeastClarity = 0.38;

    private readonly MelAnalyzer _onsets = new(SampleRate, new MelOptions { HopLength = LevelGate.Hop });
    private readonly PitchClarity _clarity = new();

    /// <summary>Names of the recipes, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Timbre.RecipeName, MfccParts.RecipeName];

    /// <summary>Name and version as data sets and models carry them, such as <c>mfcc-6x20/1</c>.</summary>
    public string Id => $"{Name}/{Version}";

    /// <summary>The recipe's name.</summary>
    public abstract string Name { get; }

    /// <summary>Counts up when the same recording would give other numbers.</summary>
    public abstract int Version { get; }

    /// <summary>Numbers a note.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>What a graph has to know to describe notes alike, where it can; else null.</summary>
    public virtual NoteTransform? Transform => null;

    /// <summary>A recipe by its name or by its id; null where there is none, or none of that version.</summary>
    public static NoteRecipe? Create(string nameOrId)
    {
        ArgumentNullException.ThrowIfNull(nameOrId);
        NoteRecipe? recipe = nameOrId.Split('/')[0] switch
        {
            Timbre.RecipeName => new Timbre(),
            MfccParts.RecipeName => new MfccParts(),
            _ => null,
        };
        return recipe is not null && (nameOrId == recipe.Name || nameOrId == recipe.Id) ? recipe : null;
    }

    /// <summary>The default recipe.</summary>
    public static NoteRecipe CreateDefault() => new Timbre();

    /// <summary>
    /// Finds notes: regions that are loud enough (<see cref="LevelGate"/>), cut where the sound changes (<see cref="Novelty"/>).
    /// Starts and ends lie on multiples of 256 samples, but an end is never after the last sample.
    /// </summary>
    /// <param name="mono">Mono samples at <see cref="SampleRate"/>, full scale at ±1.</param>
    /// <param name="cancellationToken">Stops between two groups of frames.</param>
    /// <returns>Notes in their order; none in silence.</returns>
    public IReadOnlyList<Note> FindNotes(ReadOnlyMemory<float> mono, CancellationToken cancellationToken = default)
    {
        var regions = LevelGate.Regions(LevelGate.Levels(mono.Span));
        if (regions.Count == 0) return [];
        var novelty = Novelty.Of(_onsets.Power(new ArrayMonoSource(mono, SampleRate), cancellationToken));
        var notes = new List<Note>();
        foreach (var (start, end) in regions)
        {
            var beginnings = Novelty.Beginnings(novelty, start, end);
            for (var i = 0; i < beginnings.Count; i++)
            {
                var noteEnd = i + 1 < beginnings.Count ? beginnings[i + 1] : end;
                notes.Add(new Note(beginnings[i] * LevelGate.Hop, Math.Min(noteEnd * LevelGate.Hop, mono.Length)));
            }
        }

        return notes;
    }

    /// <summary>How clearly a note has a pitch, 0 for not at all to 1; the same whatever the recipe.</summary>
    /// <param name="note">The note's mono samples at <see cref="SampleRate"/>; at least one.</param>
    public double Clarity(ReadOnlyMemory<float> note) => _clarity.Of(note);

    /// <summary>Describes a note as <see cref="Describe"/> does, and returns its <see cref="Clarity"/>.</summary>
    /// <param name="note">The note's mono samples at <see cref="SampleRate"/>; at least one.</param>
    /// <param name="features"><see cref="FeatureCount"/> numbers.</param>
    public virtual double DescribeWithClarity(ReadOnlyMemory<float> note, Span<float> features)
    {
        Describe(note, features);
        return Clarity(note);
    }

    /// <summary>Describes a note by its samples alone.</summary>
    /// <param name="note">The note's mono samples at <see cref="SampleRate"/>; at least one.</param>
    /// <param name="features"><see cref="FeatureCount"/> numbers.</param>
    public abstract void Describe(ReadOnlyMemory<float> note, Span<float> features);
}
