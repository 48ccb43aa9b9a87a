using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>The hyper-parameters that a sweep varies, each with the values it may take; in JSON a property each.</summary>
[JsonConverter(typeof(JsonForm))]
public sealed class SpaceRequest
{
    private readonly Dictionary<HyperParameter, ParameterRange> _ranges = [];

    /// <summary>An empty space.</summary>
    public SpaceRequest()
    {
    }

    /// <summary>A space of some ranges; of those that are of the same hyper-parameter the last one counts.</summary>
    public SpaceRequest(IEnumerable<(HyperParameter Name, ParameterRange Range)> ranges)
    {
        foreach (var (name, range) in ranges) Put(name, range);
    }

    /// <summary>The values of a hyper-parameter; null where it does not vary. Of a choice they are positions of its names.</summary>
    public ParameterRange? this[HyperParameter parameter]
    {
        get => _ranges.GetValueOrDefault(parameter);
        init => Put(parameter, value);
    }

    /// <summary>What varies, in the order of <see cref="HyperParameter.Nested"/>.</summary>
    public IEnumerable<(HyperParameter Name, ParameterRange Range)> Ranges() =>
        HyperParameter.Nested.Where(_ranges.ContainsKey).Select(parameter => (parameter, _ranges[parameter]));

    private void Put(HyperParameter parameter, ParameterRange? range)
    {
        if (range is null) _ranges.Remove(parameter);
        else _ranges[parameter] = range;
    }

    /// <summary>An object with a property for each hyper-parameter that there is.</summary>
    internal sealed class JsonForm : JsonConverter<SpaceRequest>
    {
        // The serializer makes a converter for each of its options.
        private JsonTypeInfo<Form>? _contract;

        public override SpaceRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize(ref reader, _contract ??= Contract(options))!.Space;
            }
            catch (JsonException exception)
            {
                // Its path begins at the space; the serializer puts the path to the space on this one.
                throw new JsonException(exception.Message, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, SpaceRequest value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Form { Space = value }, _contract ??= Contract(options));

        private static JsonTypeInfo<Form> Contract(JsonSerializerOptions options)
        {
            var contract = JsonTypeInfo.CreateJsonTypeInfo<Form>(options);
            contract.CreateObject = () => new Form();
            foreach (var parameter in HyperParameter.Nested)
            {
                var property = contract.CreateJsonPropertyInfo(typeof(ParameterRange), parameter.Name);
                if (parameter.IsChoice) property.CustomConverter = new ChoiceJsonConverter(parameter);
                property.Get = form => ((Form)form).Space[parameter];
                property.Set = (form, value) => ((Form)form).Space.Put(parameter, (ParameterRange?)value);
                property.ShouldSerialize = (_, value) => value is not null;
                contract.Properties.Add(property);
            }

            return contract;
        }

        private sealed class Form
        {
            public SpaceRequest Space { get; init; } = new();
        }
    }
}
