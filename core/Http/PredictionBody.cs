using System.Text.Json;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Json;

namespace MusicPipeline.Http;

/// <summary>Reads the body of <c>POST /api/predict</c>: <c>{"rows": [[...], ...]}</c> or a .npy file.</summary>
public static class PredictionBody
{
    /// <summary>Longest body, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Reads raw features, rows x features, as float32.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="contentType"><c>application/json</c>, or <c>application/octet-stream</c> for .npy.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The body holds no matrix of numbers, or is too long, or of another type.</exception>
    public static async Task<FeatureRows> ReadAsync(
        Stream body, string? contentType, CancellationToken cancellationToken = default)
    {
        return RequestRules.MediaType(contentType) switch
        {
            "application/json" => FromJson((await BoundedBody.ReadJsonAsync(body, MaxBytes, cancellationToken)).Span),
            "application/octet-stream" or "application/x-npy" =>
                await FromNpyAsync(await BoundedBody.ReadAsync(body, MaxBytes, cancellationToken), cancellationToken),
            _ => throw new InputException(
                $"a body of type '{contentType ?? "none"}' is not read here",
                "send application/json with {\"rows\": [[...], ...]}, or a .npy file as application/octet-stream",
                kind: InputErrorKind.UnsupportedType),
        };
    }

    private static FeatureRows FromJson(ReadOnlySpan<byte> bytes)
    {
        JsonRows? parsed;
        try
        {
            parsed = JsonSerializer.Deserialize<JsonRows>(bytes, PipelineJson.Compact);
        }
        catch (JsonException exception)
        {
            throw new InputException(
                $"the body holds no rows of numbers ({JsonProblem.Of(exception)})",
                "send {\"rows\": [[...], ...]}",
                innerException: exception);
        }

        if (parsed?.Rows is not { Length: > 0 } rows || rows[0] is not { Length: > 0 } first)
            throw new InputException("the body has no rows", "send {\"rows\": [[...], ...]} with at least one row");
        var features = new float[(long)rows.Length * first.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row]?.Length != first.Length)
            {
                throw new InputException(
                    $"row {row} has {rows[row]?.Length ?? 0} features and row 0 has {first.Length}",
                    "send rows of one length");
            }

            rows[row].CopyTo(features.AsSpan(row * first.Length));
        }

        return new FeatureRows(features, first.Length);
    }

    private static async Task<FeatureRows> FromNpyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        var reader = await NpyReader.OpenAsync(stream, cancellationToken: cancellationToken);
        var shape = reader.Header.Shape;
        if (shape.Length != 2 || shape[0] == 0 || shape[1] == 0)
        {
            throw new InputException(
                $"the array has the shape {reader.Header.ShapeText}", "send a matrix, rows x features, with at least one row");
        }

        return new FeatureRows(await reader.ReadSinglesAsync(cancellationToken), (int)shape[1]);
    }

    private sealed record JsonRows(float[][]? Rows);
}
