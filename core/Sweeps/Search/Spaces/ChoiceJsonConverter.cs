using System.Text.Json;
using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>Reads and writes some values of a choice as a list of their names.</summary>
/// <param name="parameter">The choice.</param>
internal sealed class ChoiceJsonConverter(HyperParameter parameter) : JsonConverter<ParameterRange>
{
    private const string Problem = "The JSON value is no name of the choice.";

    public override ParameterRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Without words of its own the serializer says where the value stands.
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
        var values = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || !parameter.TryParse(reader.GetString(), out var value))
                throw new JsonException(Problem, new JsonException(Problem, $"$[{values.Count}]", null, null));
            values.Add(value);
        }

        return ParameterRange.Of(values);
    }

    public override void Write(Utf8JsonWriter writer, ParameterRange value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var position in value.Values) writer.WriteStringValue(parameter.Text(position));
        writer.WriteEndArray();
    }
}
