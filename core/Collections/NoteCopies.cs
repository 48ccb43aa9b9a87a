using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Data;
using MusicPipeline.Errors;

namespace MusicPipeline.Collections;

/// <summary>
/// Altered copies of notes, so that a network hears more than was recorded: up to a fifth cut off, a spectrum tilted by up to 5 dB, up
/// to 12 dB louder or softer, with noise of -60 to -40 dB. What a copy is depends on the recording's content and the numbers of note and
/// copy alone.
/// </summary>
internal static class NoteCopies
{
    /// <summary>Most copies of a note.</summary>
    public const int Most = 20;

    private const string Seed = "1";
    private const double MostCropped = 0.2;
    private const double MostTilt = 0.3;
    private const double MostGain = 12;
    private const double SoftestNoise = -60;
    private const double LoudestNoise = -40;

    /// <summary>The number of copies that was asked for; null where there are to be none.</summary>
    /// <exception cref="InputException">It is negative or too large.</exception>
    public static int? Check(int? copies) => copies is null or 0 ? null
        : copies is > 0 and <= Most ? copies
        : throw new InputException($"{copies} copies of a note cannot be made", $"ask for 1 to {Most}, or 0 for none");

    /// <summary>Describes the copies of a recording's notes.</summary>
    /// <param name="mono">Its mono samples at <see cref="NoteRecipe.SampleRate"/>.</param>
    /// <param name="notes">Its notes.</param>
    /// <param name="sha256">Hash of its bytes.</param>
    /// <param name="copies">Copies of each note.</param>
    /// <param name="recipe">How.</param>
    /// <param name="cancellationToken">Stops between two notes.</param>
    /// <returns>copies x notes x features, row-major.</returns>
    public static float[] Describe(
        ReadOnlyMemory<float> mono,
        IReadOnlyList<Note> notes,
        string sha256,
        int copies,
        NoteRecipe recipe,
        CancellationToken cancellationToken)
    {
        var width = recipe.FeatureCount;
        var features = new float[copies * notes.Count * width];
        for (var copy = 0; copy < copies; copy++)
        {
            for (var note = 0; note < notes.Count; note++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var samples = mono.Span[notes[note].Start..notes[note].End];
                var row = features.AsSpan(((copy * notes.Count) + note) * width, width);
                recipe.Describe(Alter(samples, RandomOf(sha256, note, copy)), row);
            }
        }

        return features;
    }

    /// <summary>An altered copy of a note.</summary>
    /// <param name="note">Its samples.</param>
    /// <param name="random">What happens to it.</param>
    internal static float[] Alter(ReadOnlySpan<float> note, SplitMix64 random)
    {
        var cropped = (int)(Uniform(ref random, 0, MostCropped) * note.Length);
        var kept = note.Slice((int)(Uniform(ref random, 0, 1) * cropped), note.Length - cropped);
        var tilt = Uniform(ref random, -MostTilt, MostTilt);
        var gain = Amplitude(Uniform(ref random, -MostGain, MostGain));
        var altered = new float[kept.Length];
        var (before, power) = (0f, 0.0);
        for (var i = 0; i < altered.Length; i++)
        {
            altered[i] = (float)(gain * (kept[i] - (tilt * before)));
            before = kept[i];
            power += (double)altered[i] * altered[i];
        }

        // Of a uniform number in ±1 the power is a third.
        var noise = Math.Sqrt(3 * power / altered.Length) * Amplitude(Uniform(ref random, SoftestNoise, LoudestNoise));
        for (var i = 0; i < altered.Length; i++) altered[i] += (float)Uniform(ref random, -noise, noise);
        return altered;
    }

    private static SplitMix64 RandomOf(string sha256, int note, int copy) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{sha256}/{note}/{copy}"))));

    private static double Uniform(ref SplitMix64 random, double low, double high) =>
        low + ((high - low) * ((random.Next() >> 11) * (1.0 / (1L << 53))));

    private static double Amplitude(double decibels) => Math.Pow(10, decibels / 20);
}
