using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps;

/// <summary>
/// Writes one letter a trial as it is, up to some thousand, and beyond two trials to a character: Durable Functions
/// counts a status in UTF-16, where 10,000 letters are 20 KB of the 16 KB that it allows.
/// </summary>
public sealed class TrialLettersJsonConverter : JsonConverter<string>
{
    private const int LongestPlain = 2000;
    private const char PackedEven = '2';
    private const char PackedOdd = '1';

    // Upper case stands for a result that was on record before.
    private const string Letters = "wrcdfxCD";
    private const string Pairs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (text is not [PackedEven or PackedOdd, ..]) return text ?? "";
        var letters = new char[((text.Length - 1) * 2) - (text[0] == PackedOdd ? 1 : 0)];
        for (var i = 0; i < letters.Length; i++)
        {
            var pair = Pairs.IndexOf(text[1 + (i / 2)]);
            if (pair < 0) throw new JsonException($"'{text[1 + (i / 2)]}' stands for no two trials.");
            letters[i] = Letters[i % 2 == 0 ? pair / Letters.Length : pair % Letters.Length];
        }

        return new string(letters);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (value.Length <= LongestPlain)
        {
            writer.WriteStringValue(value);
            return;
        }

        var packed = new char[1 + ((value.Length + 1) / 2)];
        packed[0] = value.Length % 2 == 0 ? PackedEven : PackedOdd;
        for (var i = 0; i < value.Length; i += 2)
        {
            var second = i + 1 < value.Length ? Letters.IndexOf(value[i + 1]) : 0;
            packed[1 + (i / 2)] = Pairs[(Letters.IndexOf(value[i]) * Letters.Length) + second];
        }

        writer.WriteStringValue(packed);
    }
}
