namespace MusicPipeline.Http;

/// <summary>What a host says of itself while it can do its work.</summary>
/// <param name="Version">Which version runs.</param>
/// <param name="Storage">How storage is: <c>answers</c>.</param>
public sealed record Health(string Version, string Storage);
