using Azure;
using Azure.Storage.Blobs.Models;

namespace MusicPipeline.Storage;

/// <summary>Storage does not answer, which passes by itself.</summary>
/// <param name="message">A sentence for the client.</param>
/// <param name="innerException">What storage, or the way to it, said.</param>
public sealed class StorageAwayException(string message, Exception innerException) : Exception(message, innerException)
{
    /// <summary>Whether an exception says that storage does not answer, or not now.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        StorageAwayException => true,
        RequestFailedException failed => failed.Status is 0 or 429 or >= 500
            // They are made before anything asks for them: storage that lost them, as an Azurite just started anew, is about to have
            // them again.
            || failed.ErrorCode == BlobErrorCode.ContainerNotFound || failed.ErrorCode == BlobErrorCode.ContainerBeingDeleted,
        // One for each try.
        AggregateException { InnerExceptions.Count: > 0 } tries => tries.InnerExceptions.All(IsAway),
        _ => exception.InnerException is { } inner && IsAway(inner),
    };
}
