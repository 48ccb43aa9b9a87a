using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MusicPipeline.Json;

/// <summary>
/// How the pipeline writes and reads JSON: camelCase, enums by name, indented, NaN and infinities as strings, and without
/// values that are what a <see cref="DefaultValueAttribute"/> says; what may be null was said where it is not.
/// </summary>
public static class PipelineJson
{
    /// <summary>For documents that people open.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    /// <summary>The same on one line, for messages and event streams.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullableBeAbsent, LeaveOutDefaults } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    // Nulls are not written, so what may be null may be absent; everything else is required.
    private static void LetNullableBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: true }) property.IsRequired = false;
        }
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var given = property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: true);
            if (given is [DefaultValueAttribute usual] && Nullable.GetUnderlyingType(property.PropertyType) is null)
                property.ShouldSerialize = (_, value) => !Equals(value, usual.Value);
        }
    }
}
