using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps;

/// <summary>Which sweep an idempotency key stands for, and a hash of the request that it came with.</summary>
internal sealed record IdempotencyClaim(string SweepId, string RequestHash)
{
    public static BlobPath PathOf(string key) => new(Containers.Sweeps, $"keys/{Hash(key)}.json");

    public static string HashOf(SweepRequest request) => Hash(JsonSerializer.Serialize(request, PipelineJson.Compact));

    public static InputException Reused(string key) => new(
        $"the idempotency key '{key}' was sent before with another request",
        "send a new key with a new request",
        kind: InputErrorKind.KeyReused);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
