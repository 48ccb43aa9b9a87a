using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Models;

namespace MusicPipeline.TestSupport;

/// <summary>Two instruments made by hand, recordings of them, and a model that learned to tell them apart.</summary>
public static class ToneModel
{
    /// <summary>A tone of its fundamental alone.</summary>
    public const string Whistle = "whistle";

    /// <summary>A tone of many strong harmonics.</summary>
    public const string Organ = "organ";

    /// <summary>White noise, which is like neither.</summary>
    public const string Noise = "noise";

    private const int Rate = (int)NoteRecipe.SampleRate;
    private static readonly NoteRecipe Recipe = NoteRecipe.CreateDefault();

    /// <summary>The ONNX file of a model that was trained on 24 notes of each.</summary>
    public static byte[] Create(double? notSureBelow = null, string? recipe = null, double? withoutPitch = null)
    {
        var features = new List<float>();
        var labels = new List<int>();
        for (var note = 0; note < 48; note++)
        {
            var row = new float[Recipe.FeatureCount];
            Recipe.Describe(Tone(note % 2 == 0 ? Whistle : Organ, 200 + (20 * note), 0.2 + (0.01 * note)), row);
            features.AddRange(row);
            labels.Add(note % 2);
        }

        var scaler = new Scaler(new double[Recipe.FeatureCount], [.. Enumerable.Repeat(100.0, Recipe.FeatureCount)]);
        var rows = new LabelledRows([.. features.Select(value => value / 100)], Recipe.FeatureCount, [.. labels]);
        var trained = new CpuTrainingDevice().Train(new TrainingSplit(rows, rows, 2), new HyperParameters(0.02, 8, 60, 16));
        using var file = new MemoryStream();
        var metadata = new ModelMetadata([0, 1])
        {
            ClassNames = [Whistle, Organ], Recipe = recipe ?? Recipe.Id, NotSureBelow = notSureBelow, WithoutPitch = withoutPitch,
        };
        OnnxWriter.Write(file, trained.Weights, scaler, metadata);
        return file.ToArray();
    }

    /// <summary>A WAV file of tones with pauses before, between and after.</summary>
    public static byte[] Recording(params (string Instrument, double Frequency)[] notes)
    {
        var pause = new float[Rate / 4];
        var samples = notes.SelectMany(note => pause.Concat(Tone(note.Instrument, note.Frequency, 0.5))).Concat(pause).ToArray();
        var wav = new byte[44 + (2 * samples.Length)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(wav, 8);
        int[] format = [16, 1 | (1 << 16), Rate, 2 * Rate, 2 | (16 << 16)];
        for (var i = 0; i < format.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16 + (4 * i)), format[i]);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + (2 * i)), (short)(samples[i] * 32_000));
        return wav;
    }

    private static float[] Tone(string instrument, double frequency, double seconds)
    {
        if (instrument == Noise)
        {
            var random = new Random((int)frequency);
            return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (float)random.NextDouble() - 0.5f)];
        }

        var harmonics = instrument == Whistle ? 1 : 8;
        return
        [
            .. Enumerable.Range(0, (int)(seconds * Rate)).Select(n => (float)Enumerable.Range(1, harmonics)
                .Sum(harmonic => 0.8 / harmonics * Math.Sin(2 * Math.PI * frequency * harmonic * n / Rate))),
        ];
    }
}
