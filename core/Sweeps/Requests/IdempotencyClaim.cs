using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>
/// What an idempotency key stands for: a hash of the request that it first came with, and the version of the data set
/// that was current then, so that the key names one sweep even where new data has come since.
/// </summary>
internal sealed record IdempotencyClaim(string RequestHash, string Dataset, string DatasetVersion)
{
    private const int MaxKeyLength = 255;

    /// <exception cref="InputException">The key is empty or too long.</exception>
    public static void CheckKey(string key)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new InputException("the idempotency key is empty", "send a key, or leave it out");
        if (key.Length > MaxKeyLength)
        {
            throw new InputException(
                $"the idempotency key has {key.Length} characters", $"send one of at most {MaxKeyLength}");
        }
    }

    public static BlobPath PathOf(string key) => new(Containers.Sweeps, $"keys/{Hash(key)}.json");

    public static string HashOf(SweepRequest request) =>
        Hash(JsonSerializer.Serialize(request.Unlabelled(), PipelineJson.Compact));

    /// <exception cref="InputException">The key came with another request before.</exception>
    public void Check(string key, SweepRequest request)
    {
        if (RequestHash == HashOf(request)) return;
        throw new InputException(
            $"the idempotency key '{key}' was sent before with another request",
            "send a new key with a new request",
            kind: InputErrorKind.KeyReused);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
