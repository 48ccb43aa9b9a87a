using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Trials;

/// <summary>Reads <c>"test"</c>, <c>0.2</c>, <c>"0.2"</c> or <c>"5-fold"</c>; writes <c>"test"</c>, the number or the folds.</summary>
internal sealed class ValidationRuleJsonConverter : JsonConverter<ValidationRule>
{
    public override ValidationRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDouble().ToString("R"),
            _ => null,
        };
        return ValidationRule.TryParse(text, out var rule)
            ? rule
            : throw new JsonException("validation must be \"test\", a share above 0 and below 1, such as 0.2, or 2 to 20 folds, such as \"5-fold\"");
    }

    public override void Write(Utf8JsonWriter writer, ValidationRule value, JsonSerializerOptions options)
    {
        if (value is { Share: { } share, Folds: null }) writer.WriteNumberValue(share);
        else writer.WriteStringValue(value.ToString());
    }
}
