namespace MusicPipeline.Functions.Uploads;

/// <summary>What the host puts on the poison queue for an upload that it gives up.</summary>
/// <param name="ContainerName">Container of the upload.</param>
/// <param name="BlobName">Its name.</param>
/// <param name="ETag">The version that was tried.</param>
public sealed record PoisonMessage(string ContainerName, string BlobName, string? ETag);
