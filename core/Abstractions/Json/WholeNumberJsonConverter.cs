using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Json;

/// <summary>
/// Reads any spelling of a whole number, such as <c>64</c>, <c>64.0</c> or <c>6.4e1</c>: JSON has one type of number, and
/// many languages write a whole one with a point.
/// </summary>
/// <typeparam name="T">The type of integer.</typeparam>
public sealed class WholeNumberJsonConverter<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Without words of its own the serializer says where the value stands.
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var number) || number != decimal.Truncate(number))
            throw new JsonException();
        try
        {
            return T.CreateChecked(number);
        }
        catch (OverflowException)
        {
            throw new JsonException();
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(long.CreateChecked(value));
}
