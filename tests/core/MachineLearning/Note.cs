using Microsoft.ML;
using Microsoft.ML.Data;

namespace MusicPipeline.Tests.MachineLearning;

/// <summary>A row of a toy problem: three instruments that differ in pitch (Hz) and loudness (dB).</summary>
public sealed class Note
{
    public string Instrument { get; set; } = "";

    public float Pitch { get; set; }

    [VectorType(2)]
    public float[] Loudness { get; set; } = [];

    [ColumnName("Number")]
    public int InstrumentNumber { get; set; }

    public static Note[] Draw(int count, int seed = 1)
    {
        (string Name, int Number, float Pitch, float Loudness)[] instruments =
            [("oboe", 12, 600, -30), ("flute", 3, 900, -40), ("cello", 7, 150, -20)];
        var random = new Random(seed);
        float Spread(float width) => (float)(random.NextDouble() - 0.5) * width;
        return [.. Enumerable.Range(0, count).Select(i => instruments[i % 3]).Select(instrument => new Note
        {
            Instrument = instrument.Name,
            InstrumentNumber = instrument.Number,
            Pitch = instrument.Pitch + Spread(250),
            Loudness = [instrument.Loudness + Spread(8), Spread(1)],
        })];
    }

    public static IEstimator<ITransformer> Preparation(MLContext context, string label = nameof(Instrument)) =>
        context.Transforms.Concatenate("Features", nameof(Pitch), nameof(Loudness))
            .Append(context.Transforms.Conversion.MapValueToKey("Label", label));
}
