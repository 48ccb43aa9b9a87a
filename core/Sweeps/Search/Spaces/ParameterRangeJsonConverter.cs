using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>Reads and writes the forms that <see cref="RangeKind"/> shows; anything else is refused with a sentence.</summary>
internal sealed class ParameterRangeJsonConverter : JsonConverter<ParameterRange>
{
    private const string Forms =
        "a range is a list, {\"from\", \"to\", \"step\"}, or one of powersOfTwo, uniform, logUniform, "
        + "integer and logInteger with {\"from\", \"to\"}";

    private static readonly RangeKind[] Named =
        [RangeKind.PowersOfTwo, RangeKind.Uniform, RangeKind.LogUniform, RangeKind.Integer, RangeKind.LogInteger];

    public override ParameterRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var values = new List<double>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(Number(ref reader));
            return ParameterRange.Of(values);
        }

        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            throw new JsonException(Forms);
        var first = reader.GetString()!;
        var kind = Array.Find(Named, kind => Name(kind) == first);
        if (kind != default)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read()) throw new JsonException(Forms);
            var (from, to, step) = Bounds(ref reader);
            if (step is not null || !reader.Read() || reader.TokenType != JsonTokenType.EndObject) throw new JsonException(Forms);
            return ParameterRange.Between(kind, from, to);
        }

        var bounds = Bounds(ref reader);
        return ParameterRange.InSteps(bounds.From, bounds.To, bounds.Step ?? throw new JsonException(Forms));
    }

    public override void Write(Utf8JsonWriter writer, ParameterRange value, JsonSerializerOptions options)
    {
        if (value.Kind == RangeKind.List)
        {
            writer.WriteStartArray();
            foreach (var number in value.Values) writer.WriteNumberValue(number);
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        if (value.Kind != RangeKind.Steps) writer.WriteStartObject(Name(value.Kind));
        writer.WriteNumber("from", value.From);
        writer.WriteNumber("to", value.To);
        if (value.Kind == RangeKind.Steps) writer.WriteNumber("step", value.Step);
        else writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Name(RangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    // From the first property's name to the end of the object.
    private static (double From, double To, double? Step) Bounds(ref Utf8JsonReader reader)
    {
        double? from = null, to = null, step = null;
        for (; reader.TokenType == JsonTokenType.PropertyName; reader.Read())
        {
            var name = reader.GetString();
            reader.Read();
            var number = Number(ref reader);
            if (name == "from" && from is null) from = number;
            else if (name == "to" && to is null) to = number;
            else if (name == "step" && step is null) step = number;
            else throw new JsonException(Forms);
        }

        return reader.TokenType == JsonTokenType.EndObject && from is { } low && to is { } high
            ? (low, high, step)
            : throw new JsonException(Forms);
    }

    private static double Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new JsonException("a range holds numbers");
}
