using System.Numerics;
using System.Runtime.InteropServices;
using MusicPipeline.Audio.Features;

namespace MusicPipeline.Audio.Notes;

/// <summary>
/// How clearly a note has a pitch: the height of the peak by which <see cref="Pitch"/> knows it, 0 for none to 1, as the mean over pieces
/// of the note of up to 16 loud frames (0.4 s). Noise has no peak; a voice that glides smears its harmonics within a piece. Not for
/// several threads at once.
/// </summary>
internal sealed class PitchClarity
{
    private const int FrameLength = 2048;
    private const int Hop = 512;
    private const int MostFrames = 16;
    private const int Lowest = (int)(Pitch.LowestBin * FrameLength / NoteRecipe.SampleRate);
    private const int Highest = (int)(Pitch.HighestBin * FrameLength / NoteRecipe.SampleRate);

    private readonly FrameSpectra _spectra = new(FrameLength);

    /// <summary>The clarity, to three digits.</summary>
    /// <param name="note">The note's mono samples at <see cref="NoteRecipe.SampleRate"/>; at least one.</param>
    public double Of(ReadOnlyMemory<float> note)
    {
        var stft = new Stft(new ArrayMonoSource(note, NoteRecipe.SampleRate), _spectra, Hop, Highest);
        var frames = (int)stft.Frames;
        var power = new float[(Highest + 1) * frames];
        while (stft.Next())
        {
            var lanes = MemoryMarshal.Cast<Vector<double>, double>(stft.Power);
            for (var bin = Lowest; bin <= Highest; bin++)
            {
                var row = power.AsSpan((bin * frames) + (int)stft.First, stft.Count);
                for (var lane = 0; lane < row.Length; lane++) row[lane] = (float)lanes[(bin * FrameSpectra.Lanes) + lane];
            }
        }

        return Of(power, frames);
    }

    /// <summary>The same of spectra that are at hand.</summary>
    /// <param name="bins">Squared magnitudes, bins x frames: frames of 2,048 samples, 512 apart, under a Hann window.</param>
    /// <param name="frames">Frames of a bin.</param>
    public static double Of(ReadOnlySpan<float> bins, int frames)
    {
        var power = bins[..((Highest + 1) * frames)].ToArray();
        // Rumble is no part of it.
        Array.Clear(power, 0, Lowest * frames);
        var loud = LoudFrames.Of(power, frames);
        var pieces = (loud.Length + MostFrames - 1) / MostFrames;
        var sum = 0.0;
        for (var piece = 0; piece < pieces; piece++)
        {
            var kept = loud[(piece * loud.Length / pieces)..((piece + 1) * loud.Length / pieces)];
            sum += kept.Length * (Pitch.Find(LoudFrames.Keep(power, frames, kept), kept.Length, FrameLength)?.Height ?? 0);
        }

        return Math.Round(sum / loud.Length, 3);
    }
}
