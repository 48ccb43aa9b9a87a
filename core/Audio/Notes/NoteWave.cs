using System.Runtime.InteropServices;
using MusicPipeline.Audio.Wav;

namespace MusicPipeline.Audio.Notes;

/// <summary>Notes as WAV files of 16 bits, for people to hear.</summary>
public static class NoteWave
{
    /// <summary>Writes a note.</summary>
    /// <param name="note">Mono samples at <see cref="NoteRecipe.SampleRate"/>; beyond ±1 they are clipped.</param>
    public static byte[] Write(ReadOnlySpan<float> note)
    {
        var samples = new short[note.Length];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)Math.Round(Math.Clamp(note[i], -1, 1) * short.MaxValue);
        using var sound = new Samples(samples);
        using var wav = new MemoryStream();
        WavWriter.Write(sound, wav, CancellationToken.None);
        return wav.ToArray();
    }

    private sealed class Samples(short[] samples) : IPcmSource
    {
        private bool _isRead;

        public AudioSummary Summary { get; } = new(
            "WAV", SampleEncoding.SignedInteger, 1, NoteRecipe.SampleRate, 16, samples.Length, samples.Length / NoteRecipe.SampleRate,
            new AudioText(), []);

        public SampleType SampleType => SampleType.Int16;

        public string SoundChunk => "data";

        public ReadOnlySpan<byte> ReadBlock()
        {
            if (_isRead) return [];
            _isRead = true;
            return MemoryMarshal.AsBytes(samples.AsSpan());
        }

        public void Dispose()
        {
        }
    }
}
