using System.Text.Json;

namespace MusicPipeline.Http;

/// <summary>Says in words of the API, and not of its code, why a body could not be read as JSON.</summary>
internal static class JsonProblem
{
    public static string Of(JsonException exception)
    {
        if (IsNoJson(exception))
            return $"it is not JSON, from line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} on";
        var path = PathOf(exception);
        if (Begins("The JSON property")) return $"it has an unknown property at {path}";
        if (Begins("Duplicate property")) return $"it has {path} twice";
        // A converter of ours speaks for itself.
        return Begins("The JSON ") ? $"it has a value of the wrong type at {path}" : exception.Message;

        bool Begins(string start) => exception.Message.StartsWith(start, StringComparison.Ordinal);
    }

    /// <summary>
    /// The property that could not be read, as <see cref="Errors.InputException.Field"/> has it; null where it is the whole body.
    /// </summary>
    public static string? FieldOf(JsonException exception) =>
        !IsNoJson(exception) && PathOf(exception).Split('[')[0] is ['$', '.', .. var field] ? field : null;

    private static bool IsNoJson(JsonException exception) => exception.InnerException is JsonException { Path: null };

    /// <summary>A converter that has the serializer read a value of its own hands on the path within that one.</summary>
    private static string PathOf(JsonException exception) =>
        (exception.Path ?? "$") + (exception.InnerException is JsonException within ? PathOf(within)[1..] : "");
}
