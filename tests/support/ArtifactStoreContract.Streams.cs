using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.TestSupport;

/// <summary>What a store promises of blobs that are written and read through streams.</summary>
public abstract partial class ArtifactStoreContract
{
    [Fact]
    public async Task A_Streamed_Blob_Appears_When_It_Is_Whole()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "old"u8.ToArray());

        await store.WriteAsync(At("a"), async (stream, token) =>
        {
            await stream.WriteAsync(new byte[20_000_000], token);
            Assert.Equal("old", await TextAsync(store, At("a")));
        });

        Assert.Equal(20_000_000, (await store.FindAsync(At("a")))!.Length);
    }

    [Fact]
    public async Task An_Abandoned_Stream_Writes_Nothing()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("old"), "old"u8.ToArray());

        foreach (var path in new[] { At("old"), At("new") })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(path, async (stream, token) =>
            {
                await stream.WriteAsync(new byte[20_000_000], token);
                throw new InvalidOperationException("abandoned");
            }));
        }

        Assert.Equal("old", await TextAsync(store, At("old")));
        Assert.Null(await store.FindAsync(At("new")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    [InlineData(20_000_000)]
    public async Task Streams_A_Blob_Of_Any_Size_There_And_Back(int length)
    {
        var store = await StoreAsync();
        var content = new byte[length];
        new Random(length).NextBytes(content);

        await store.WriteAsync(At("a"), async (stream, token) =>
        {
            Assert.False(stream.CanSeek);
            stream.Write(content, 0, length / 3);
            await stream.WriteAsync(content.AsMemory(length / 3, length / 3), token);
            foreach (var part in content.AsMemory(length / 3 * 2).ToArray().Chunk(1_000_000)) stream.Write(part);
        });

        await using var read = await store.OpenReadAsync(At("a"));
        using var memory = new MemoryStream();
        await read.CopyToAsync(memory);
        Assert.True(content.AsSpan().SequenceEqual(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
    }

    [Fact]
    public async Task Opens_The_Version_That_Was_Found_Or_None()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "old"u8.ToArray());
        var found = (await store.FindAsync(At("a")))!;
        await using (var stream = await store.OpenReadAsync(found))
        {
            Assert.Equal(3, stream.Length);
            stream.Position = 1;
            using var reader = new StreamReader(stream);
            Assert.Equal("ld", await reader.ReadToEndAsync());
        }

        await store.WriteAsync(At("a"), "new"u8.ToArray());
        await Assert.ThrowsAsync<BlobChangedException>(() => store.OpenReadAsync(found));
        await store.DeleteAsync(At("a"));
        await Assert.ThrowsAsync<BlobChangedException>(() => store.OpenReadAsync(found));
    }

    [Fact]
    public async Task Of_Two_Streams_Into_One_Blob_The_Content_Is_One_Of_Them()
    {
        var store = await StoreAsync();

        await Task.WhenAll(Enumerable.Range(1, 4).Select(async writer =>
        {
            var part = new byte[3_000_000];
            Array.Fill(part, (byte)writer);
            try
            {
                await store.WriteAsync(At("a"), async (stream, token) =>
                {
                    for (var step = 0; step < 4; step++) await stream.WriteAsync(part, token);
                });
            }
            catch (BlobChangedException)
            {
                // Allowed: another one got there first, and this one has to start over.
            }
        }));

        var written = await store.TryReadAsync(At("a"));
        Assert.Equal(12_000_000, written!.Bytes.Length);
        Assert.Single(written.Bytes.ToArray().Distinct());
    }

    [Fact]
    public async Task A_Reader_Can_Seek()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "0123456789"u8.ToArray());

        await using var stream = await store.OpenReadAsync(At("a"));
        var buffer = new byte[3];
        Assert.Equal(10, stream.Length);
        stream.Seek(-3, SeekOrigin.End);
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal("789"u8.ToArray(), buffer);
        Assert.Equal(0, stream.Read(buffer, 0, 3));
        stream.Position = 2;
        stream.ReadExactly(buffer);
        Assert.Equal("234"u8.ToArray(), buffer);
        Assert.Equal(5, stream.Position);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Reader_Notices_A_Change(bool removed)
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), new byte[20_000_000]);
        await using var stream = await store.OpenReadAsync(At("a"));
        await stream.ReadExactlyAsync(new byte[10]);

        if (removed) await store.DeleteAsync(At("a"));
        else await store.WriteAsync(At("a"), new byte[20_000_000]);

        await Assert.ThrowsAsync<BlobChangedException>(() => stream.CopyToAsync(Stream.Null));
    }
}
