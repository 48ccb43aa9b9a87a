using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Trials;

/// <summary>
/// Writes one letter a trial as it is, up to some thousand, and beyond three trials to two characters: Durable Functions
/// counts a status in UTF-16, where 10,000 letters are 20 KB of the 16 KB that it allows.
/// </summary>
public sealed class TrialLettersJsonConverter : JsonConverter<string>
{
    private const int LongestPlain = 2000;
    private const int Group = 3;

    // The first character says how many of the last group's letters are none; no state has one of these.
    private const string Padding = "345";

    // Upper case stands for a result that was on record before. 16 letters to the power of 3 are 64 characters to the power of 2.
    private const int Base = 16;
    private const string Letters = "wrcdfxpeCDP";
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (text is not [var first, ..] || Padding.IndexOf(first) is not (>= 0 and var padding)) return Known(text ?? "");
        if (text.Length % 2 == 0) throw new JsonException("A group of letters is cut off.");
        var letters = new char[(text.Length - 1) / 2 * Group];
        for (var group = 0; group < letters.Length / Group; group++)
        {
            var number = (Number(text[1 + (2 * group)]) * Characters.Length) + Number(text[2 + (2 * group)]);
            for (var place = Group - 1; place >= 0; place--, number /= Base)
            {
                var letter = number % Base;
                letters[(Group * group) + place] = letter < Letters.Length
                    ? Letters[letter]
                    : throw new JsonException("A group of letters stands for no trials.");
            }
        }

        return new string(letters, 0, Math.Max(0, letters.Length - padding));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        Known(value);
        if (value.Length <= LongestPlain)
        {
            writer.WriteStringValue(value);
            return;
        }

        var groups = (value.Length + Group - 1) / Group;
        var packed = new char[1 + (2 * groups)];
        packed[0] = Padding[(groups * Group) - value.Length];
        for (var group = 0; group < groups; group++)
        {
            var number = 0;
            for (var place = Group * group; place < Group * (group + 1); place++)
                number = (number * Base) + (place < value.Length ? Letters.IndexOf(value[place]) : 0);
            packed[1 + (2 * group)] = Characters[number / Characters.Length];
            packed[2 + (2 * group)] = Characters[number % Characters.Length];
        }

        writer.WriteStringValue(packed);
    }

    private static string Known(string letters)
    {
        foreach (var letter in letters)
        {
            if (!Letters.Contains(letter)) throw new JsonException($"'{letter}' stands for no state of a trial.");
        }

        return letters;
    }

    private static int Number(char character) => Characters.IndexOf(character) is >= 0 and var number
        ? number
        : throw new JsonException($"'{character}' stands for no trials.");
}
