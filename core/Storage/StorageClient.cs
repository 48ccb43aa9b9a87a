using Azure.Core;
using Azure.Storage.Blobs;

namespace MusicPipeline.Storage;

/// <summary>Makes clients of a storage account that know when somebody waits for them.</summary>
public static class StorageClient
{
    /// <summary>A client by connection string.</summary>
    public static BlobServiceClient Create(string connectionString) => new(connectionString, Options());

    /// <summary>A client by identity.</summary>
    public static BlobServiceClient Create(Uri blobService, TokenCredential credential) => new(blobService, credential, Options());

    private static BlobClientOptions Options() => new() { RetryPolicy = new StorageRetryPolicy() };
}
