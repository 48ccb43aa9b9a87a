using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MusicPipeline.Sweeps.Search;

/// <summary>
/// Reads and writes a policy as an object that names its kind: <c>{"kind": "median", "interval": 5}</c>. The kind may stand
/// anywhere in it, or be left out for the default. What the other kinds have, and this one does not, is refused by name.
/// </summary>
/// <typeparam name="TPolicy">A pruner or a sampler.</typeparam>
/// <param name="kinds">Those that there are.</param>
internal abstract class PolicyJsonConverter<TPolicy>(PolicyKinds<TPolicy> kinds) : JsonConverter<TPolicy>
    where TPolicy : Policy
{
    // The serializer makes a converter for each of its options.
    private readonly ConcurrentDictionary<Type, JsonTypeInfo> _contracts = new();

    public override TPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var kind = KindOf(reader, options);
        try
        {
            return (TPolicy)JsonSerializer.Deserialize(ref reader, _contracts.GetOrAdd(kind.GetType(), _ => Contract(kind, options)))!;
        }
        catch (JsonException exception)
        {
            // Its path begins at the policy; the serializer puts the path to the policy on this one.
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, TPolicy value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);

    private TPolicy KindOf(Utf8JsonReader reader, JsonSerializerOptions options)
    {
        TPolicy? kind = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = string.Equals(reader.GetString(), nameof(Policy.Kind), StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (isKind)
            {
                if (kind is not null && !options.AllowDuplicateProperties) throw AtKind("Duplicate property.");
                kind = (reader.TokenType == JsonTokenType.String ? kinds.Find(reader.GetString()!) : null)
                    ?? throw AtKind("The JSON value is no kind.");
            }

            _ = reader.TrySkip();
        }

        return kind ?? kinds.Default;
    }

    private static JsonException AtKind(string message) => new(message, new JsonException(message, "$.kind", null, null));

    private JsonTypeInfo Contract(TPolicy kind, JsonSerializerOptions options)
    {
        var contract = options.TypeInfoResolver!.GetTypeInfo(kind.GetType(), options)!;
        foreach (var foreign in kinds.ForeignTo(kind))
        {
            var property = contract.CreateJsonPropertyInfo(foreign.Property.PropertyType, foreign.Name);
            property.Set = (_, value) =>
            {
                if (value is null) return;
                var refusal = kind.Without(foreign.Name);
                // The serializer puts the path to the parameter on this one.
                throw new JsonException(refusal.Message, refusal);
            };
            contract.Properties.Add(property);
        }

        return contract;
    }
}
