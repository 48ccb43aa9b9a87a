using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MusicPipeline.Contract.Tests;

/// <summary>The storage account as an uploader and a reader of results see it.</summary>
public sealed class Blobs(BlobServiceClient account)
{
    public const string AudioUploads = "audio-uploads";
    public const string DatasetUploads = "dataset-uploads";

    public async Task UploadAsync(string container, string name, byte[] content) =>
        await Blob(container, name).UploadAsync(BinaryData.FromBytes(content), overwrite: true);

    public async Task<bool> ExistsAsync(string container, string name) => await Blob(container, name).ExistsAsync();

    /// <summary>Makes a blob that nobody else can write until the lease is released.</summary>
    public async Task<BlobLeaseClient> LockAsync(string container, string name)
    {
        await UploadAsync(container, name, []);
        var lease = Blob(container, name).GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
        return lease;
    }

    /// <summary>Names of the blobs under a prefix.</summary>
    public async Task<List<string>> ListAsync(string container, string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in account.GetBlobContainerClient(container).GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }))
            names.Add(blob.Name);
        return names;
    }

    /// <summary>A blob's bytes, or null where it is not there.</summary>
    public async Task<byte[]?> FindAsync(string container, string name)
    {
        try
        {
            BlobDownloadResult found = await Blob(container, name).DownloadContentAsync();
            return found.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What <c>rejected/</c> says of an upload, as soon as it does.</summary>
    public async Task<JsonNode> RejectionOfAsync(string container, string name)
    {
        var rejection = await Eventually.NotNull(
            async () => await FindAsync("rejected", $"{container}/{name}.json"), $"a rejection of {name}");
        return JsonNode.Parse(rejection)!;
    }

    private BlobClient Blob(string container, string name) => account.GetBlobContainerClient(container).GetBlobClient(name);
}
