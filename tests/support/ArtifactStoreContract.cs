using System.Text;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.TestSupport;

/// <summary>
/// What every <see cref="IArtifactStore"/> promises. A subclass says which store; all tests keep to a folder of their
/// own, so one storage account can serve them all, and in any order.
/// </summary>
public abstract partial class ArtifactStoreContract
{
    private readonly string _folder = $"contract-{Guid.NewGuid():N}";

    /// <summary>The store to test. Its containers need not be there yet.</summary>
    protected abstract Task<IArtifactStore> OpenAsync();

    [Fact]
    public async Task Containers_Can_Be_Ensured_Again()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "kept"u8.ToArray());

        await store.EnsureContainersAsync();

        Assert.Equal("kept", await TextAsync(store, At("a")));
    }

    [Fact]
    public async Task Reads_What_Was_Written()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "twelve bytes"u8.ToArray());

        var found = await store.FindAsync(At("a"));
        var read = await store.TryReadAsync(At("a"));

        Assert.Equal((At("a"), 12L), (found!.Path, found.Length));
        Assert.Equal("twelve bytes", Encoding.UTF8.GetString(read!.Bytes.Span));
        Assert.NotEmpty(found.ETag);
        Assert.Equal(found.ETag, read.ETag);
    }

    [Fact]
    public async Task Keeps_An_Empty_Blob()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("whole"), ReadOnlyMemory<byte>.Empty);
        await store.WriteAsync(At("streamed"), (_, _) => Task.CompletedTask);

        Assert.Equal(0, (await store.FindAsync(At("whole")))!.Length);
        Assert.Equal(0, (await store.FindAsync(At("streamed")))!.Length);
        Assert.Equal("", await TextAsync(store, At("whole")));
    }

    [Fact]
    public async Task Says_What_Is_Not_There()
    {
        var store = await StoreAsync();

        Assert.Null(await store.FindAsync(At("none")));
        Assert.Null(await store.TryReadAsync(At("none")));
        Assert.False(await store.DeleteAsync(At("none")));
        Assert.False(await store.TryReplaceAsync(At("none"), "x"u8.ToArray(), "\"0x8DCDE0A1B2C3D4E\""));
        await Assert.ThrowsAsync<FileNotFoundException>(() => store.OpenReadAsync(At("none")));
        Assert.Null(await store.FindAsync(At("none")));
    }

    [Fact]
    public async Task Every_Write_Is_A_New_Version()
    {
        var store = await StoreAsync();
        var etags = new List<string>();
        for (var write = 0; write < 3; write++)
        {
            await store.WriteAsync(At("a"), "the same"u8.ToArray());
            etags.Add((await store.FindAsync(At("a")))!.ETag);
        }

        Assert.Equal(3, etags.Distinct().Count());
    }

    [Fact]
    public async Task Creates_Only_What_Is_Not_There()
    {
        var store = await StoreAsync();

        Assert.True(await store.TryCreateAsync(At("a"), "first"u8.ToArray()));
        Assert.False(await store.TryCreateAsync(At("a"), "second"u8.ToArray()));
        Assert.Equal("first", await TextAsync(store, At("a")));
        Assert.True(await store.DeleteAsync(At("a")));
        Assert.True(await store.TryCreateAsync(At("a"), "third"u8.ToArray()));
    }

    [Fact]
    public async Task Of_Many_Creators_One_Wins()
    {
        var store = await StoreAsync();

        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer =>
            store.TryCreateAsync(At("a"), Encoding.UTF8.GetBytes($"writer {writer}"))));

        var winner = Assert.Single(Enumerable.Range(0, 16), writer => won[writer]);
        Assert.Equal($"writer {winner}", await TextAsync(store, At("a")));
    }

    [Fact]
    public async Task Replaces_Only_The_Version_Given()
    {
        var store = await StoreAsync();
        await store.WriteAsync(At("a"), "one"u8.ToArray());
        var first = (await store.FindAsync(At("a")))!.ETag;

        Assert.True(await store.TryReplaceAsync(At("a"), "two"u8.ToArray(), first));
        Assert.False(await store.TryReplaceAsync(At("a"), "three"u8.ToArray(), first));
        Assert.Equal("two", await TextAsync(store, At("a")));
    }

    [Fact]
    public async Task No_Update_Of_Many_Is_Lost()
    {
        var store = await StoreAsync();
        await store.WriteJsonAsync(At("count.json"), new Counter(0));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var step = 0; step < 5; step++)
                await store.UpdateJsonAsync<Counter>(At("count.json"), counter => new Counter(counter.Value + 1));
        }));

        Assert.Equal(new Counter(40), await store.TryReadJsonAsync<Counter>(At("count.json")));
    }

    [Fact]
    public async Task Lists_Blobs_Below_A_Prefix_In_The_Order_Of_Names()
    {
        var store = await StoreAsync();
        foreach (var name in new[] { "b", "a/2", "a/1", "a/deep/3", "ab" }) await store.WriteAsync(At(name), new byte[name.Length]);
        await store.WriteAsync(new BlobPath(Containers.Sweeps, $"{_folder}/a/other"), new byte[1]);

        var all = await store.ListAsync(Containers.Audio, $"{_folder}/").ToListAsync();
        var some = await store.ListAsync(Containers.Audio, $"{_folder}/a/").ToListAsync();

        Assert.Equal([At("a/1"), At("a/2"), At("a/deep/3"), At("ab"), At("b")], all.Select(entry => entry.Path));
        Assert.Equal([At("a/1"), At("a/2"), At("a/deep/3")], some.Select(entry => entry.Path));
        Assert.Equal(3, some[0].Length);
        Assert.Equal((await store.FindAsync(At("a/1")))!.ETag, some[0].ETag);
    }

    [Fact]
    public async Task Lists_The_Folders_Right_Below_A_Prefix()
    {
        var store = await StoreAsync();
        foreach (var name in new[] { "a/1", "a/2", "b/deep/3", "file", "ä ö/4" }) await store.WriteAsync(At(name), new byte[1]);

        Assert.Equal(["a", "b", "ä ö"], await store.ListFoldersAsync(Containers.Audio, $"{_folder}/").ToListAsync());
        Assert.Equal(["deep"], await store.ListFoldersAsync(Containers.Audio, $"{_folder}/b/").ToListAsync());
        Assert.Empty(await store.ListFoldersAsync(Containers.Audio, $"{_folder}/none/").ToListAsync());
    }

    [Theory]
    [InlineData("a b.aiff")]
    [InlineData("Übung №1 – 音楽 🎻.aiff")]
    [InlineData("../../etc/passwd")]
    [InlineData("100%+#&=;@!$'(),~[]{}^`.aiff")]
    [InlineData("a\\b\tc\0d.aiff")]
    [InlineData("/leading//double/trailing/")]
    [InlineData(" . ")]
    public async Task Any_Name_Is_Safe_Once_It_Is_Escaped(string name)
    {
        var store = await StoreAsync();
        var path = BlobPaths.Audio($"{_folder}/{name}", "audio.json");
        await store.WriteAsync(path, Encoding.UTF8.GetBytes(name));

        var listed = await store.ListAsync(Containers.Audio, $"{_folder}/").ToListAsync();

        Assert.Equal(path, Assert.Single(listed).Path);
        Assert.Equal(name, await TextAsync(store, path));
        Assert.True(await store.TryReplaceAsync(path, "next"u8.ToArray(), listed[0].ETag));
        Assert.True(await store.DeleteAsync(path));
    }

    [Fact]
    public async Task A_Container_That_Is_Not_There_Is_A_Fault_Of_The_Setup()
    {
        var store = await StoreAsync();
        var path = new BlobPath("no-such-container", "a");

        await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync(path, "x"u8.ToArray()));
        await Assert.ThrowsAnyAsync<Exception>(() => store.TryCreateAsync(path, "x"u8.ToArray()));
    }

    [Fact]
    public async Task A_Cancelled_Write_Writes_Nothing()
    {
        var store = await StoreAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync(At("a"), "x"u8.ToArray(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.TryCreateAsync(At("a"), "x"u8.ToArray(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.FindAsync(At("a"), cancelled));

        Assert.Null(await store.FindAsync(At("a")));
    }

    private static async Task<string> TextAsync(IArtifactStore store, BlobPath path) =>
        Encoding.UTF8.GetString((await store.TryReadAsync(path))!.Bytes.Span);

    private async Task<IArtifactStore> StoreAsync()
    {
        var store = await OpenAsync();
        await store.EnsureContainersAsync();
        return store;
    }

    private BlobPath At(string name) => new(Containers.Audio, $"{_folder}/{name}");

    private sealed record Counter(int Value);
}
