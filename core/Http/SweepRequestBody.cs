using System.Text.Json;
using System.Text.Json.Serialization;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Http;

/// <summary>Reads the body of <c>POST /api/sweeps</c>.</summary>
public static class SweepRequestBody
{
    // A misspelled property would otherwise start another sweep than was meant.
    private static readonly JsonSerializerOptions Strict = new(PipelineJson.Compact)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new WholeNumberJsonConverter<int>(), new WholeNumberJsonConverter<long>() },
    };

    /// <summary>Reads a request; an empty body asks for the defaults.</summary>
    /// <exception cref="InputException">The body is no sweep request, or longer than 1 MiB.</exception>
    public static async Task<SweepRequest> ReadAsync(Stream body, CancellationToken cancellationToken = default)
    {
        var bytes = await BoundedBody.ReadJsonAsync(body, RequestRules.MaxJsonBytes, cancellationToken);
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty) return new SweepRequest();
        try
        {
            var request = JsonSerializer.Deserialize<SweepRequest>(bytes.Span, Strict) ?? new SweepRequest();
            // No baselines, however that is said, are none.
            return request.Baselines is { Count: 0 } ? request with { Baselines = null } : request;
        }
        catch (JsonException exception) when (exception.GetBaseException() is InputException refusal)
        {
            throw JsonProblem.FieldOf(exception) is { } field ? refusal.At(field) : refusal;
        }
        catch (JsonException exception)
        {
            throw new InputException(
                $"the body is no sweep request ({JsonProblem.Of(exception)})",
                "send JSON such as {\"preset\": \"lab\"} or {\"learningRates\": [0.001], \"hiddenUnits\": [64, 256]}",
                innerException: exception)
            {
                Field = JsonProblem.FieldOf(exception),
            };
        }
    }
}
