using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Storage;

public sealed class BlobArtifactStoreTests(SharedAzurite azurite) : ArtifactStoreContract
{
    protected override async Task<IArtifactStore> OpenAsync() => new BlobArtifactStore(await azurite.OpenAsync());

    [Theory]
    [InlineData("report.html", "text/html; charset=utf-8")]
    [InlineData("mel.png", "image/png")]
    [InlineData("audio.wav", "audio/wav")]
    [InlineData("model.onnx", "application/octet-stream")]
    public async Task Tells_Browsers_What_A_Blob_Is(string file, string contentType)
    {
        var blobs = await azurite.OpenAsync();
        var store = new BlobArtifactStore(blobs);
        foreach (var streamed in (bool[])[true, false])
        {
            var path = new BlobPath(Containers.Sweeps, $"{Guid.NewGuid():N}/{file}");
            if (streamed) await store.WriteAsync(path, (stream, token) => stream.WriteAsync("content"u8.ToArray(), token).AsTask());
            else await store.WriteAsync(path, "content"u8.ToArray());
            BlobProperties written = await blobs.GetBlobContainerClient(path.Container).GetBlobClient(path.Name).GetPropertiesAsync();
            Assert.Equal(contentType, written.ContentType);
        }
    }

    [Fact]
    public async Task Containers_Are_Made_Where_They_Are_Missing_By_Who_May_Not_List_Them_Too()
    {
        var owner = new BlobServiceClient(await azurite.NewAccountAsync());
        var address = owner.GenerateAccountSasUri(
            AccountSasPermissions.Create | AccountSasPermissions.Write,
            DateTimeOffset.UtcNow.AddHours(1),
            AccountSasResourceTypes.Service | AccountSasResourceTypes.Container);
        var maker = new BlobServiceClient(address);
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(async () => await NamesAsync(maker));
        Assert.Equal(403, refusal.Status);

        await new BlobArtifactStore(maker).EnsureContainersAsync();
        Assert.Equal(Containers.All.Order(StringComparer.Ordinal), await NamesAsync(owner));
        await owner.DeleteBlobContainerAsync(Containers.Trials);
        await new BlobArtifactStore(owner).EnsureContainersAsync();
        Assert.Equal(Containers.All.Order(StringComparer.Ordinal), await NamesAsync(owner));

        static async Task<List<string>> NamesAsync(BlobServiceClient client)
        {
            var names = new List<string>();
            await foreach (var container in client.GetBlobContainersAsync()) names.Add(container.Name);
            return names;
        }
    }

    [Fact]
    public async Task What_An_Abandoned_Stream_Sent_Is_No_Part_Of_A_Later_Blob()
    {
        var store = await OpenAsync();
        var path = new BlobPath(Containers.Audio, $"{Guid.NewGuid():N}/audio.wav");
        await Assert.ThrowsAsync<InvalidDataException>(() => store.WriteAsync(path, async (stream, token) =>
        {
            await stream.WriteAsync(new byte[20_000_000], token);
            throw new InvalidDataException("The recording breaks off.");
        }));

        await store.WriteAsync(path, (stream, token) => stream.WriteAsync("short"u8.ToArray(), token).AsTask());
        var read = await store.TryReadAsync(path);
        Assert.Equal("short"u8.ToArray(), read!.Bytes.ToArray());
    }
}
