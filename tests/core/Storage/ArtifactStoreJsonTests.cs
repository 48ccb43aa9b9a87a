using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Storage;

public sealed class ArtifactStoreJsonTests
{
    private static readonly BlobPath Path = BlobPaths.Sweep("s", "note.json");

    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    [Fact]
    public async Task Reads_What_Was_Written()
    {
        await _store.WriteJsonAsync(Path, new Note("é", double.NaN));

        Assert.Equal(new Note("é", double.NaN), await _store.TryReadJsonAsync<Note>(Path));
    }

    [Fact]
    public async Task Creates_Once()
    {
        Assert.True(await _store.TryCreateJsonAsync(Path, new Note("first", 1)));
        Assert.False(await _store.TryCreateJsonAsync(Path, new Note("second", 2)));
        Assert.Equal("first", (await _store.TryReadJsonAsync<Note>(Path))!.Text);
    }

    [Fact]
    public async Task An_Update_That_Changes_Nothing_Writes_Nothing()
    {
        await _store.WriteJsonAsync(Path, new Note("a", 1));
        var before = await _store.FindAsync(Path);

        Assert.Equal(new Note("a", 1), await _store.UpdateJsonAsync<Note>(Path, note => note));
        Assert.Equal(before, await _store.FindAsync(Path));
    }

    [Fact]
    public async Task An_Update_Of_Nothing_Is_Null()
    {
        Assert.Null(await _store.UpdateJsonAsync<Note>(Path, note => note with { Value = 2 }));
        Assert.Null(await _store.FindAsync(Path));
    }

    [Theory]
    [InlineData("{\"text\": \"a\"", "sweeps/s/note.json is not a readable Note.")]
    [InlineData("{\"text\": null, \"value\": 1}", "sweeps/s/note.json is not a readable Note.")]
    [InlineData("{\"value\": 1}", "sweeps/s/note.json is not a readable Note.")]
    [InlineData("null", "sweeps/s/note.json holds no Note.")]
    [InlineData("", "sweeps/s/note.json is not a readable Note.")]
    public async Task A_Damaged_Document_Is_Named(string json, string message)
    {
        await _store.WriteAsync(Path, System.Text.Encoding.UTF8.GetBytes(json));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => _store.TryReadJsonAsync<Note>(Path));

        Assert.Equal(message, exception.Message);
    }

    private sealed record Note(string Text, double Value);
}
