using System.IO.Compression;
using System.Text.Json;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class ArrayAndPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(128, 224)]
    [InlineData(128, 448, "--rate", "native")]
    [InlineData(128, 224, "--power")]
    [InlineData(20, 224, "--mfcc")]
    public async Task Writes_Features_As_An_Array(long rows, long frames, params string[] options)
    {
        var target = _folder.File("mel.npy");
        var result = await MusicProgram.RunAsync(["mel", RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), target, .. options]);
        Assert.Equal("", result.Error);

        await using var file = File.OpenRead(target);
        var reader = await NpyReader.OpenAsync(file);
        Assert.Equal([rows, frames], reader.Header.Shape);
        Assert.Equal(NpyElementType.Float32, reader.Header.ElementType);
        var values = await reader.ReadSinglesAsync();
        var isPower = options.Contains("--power");
        Assert.Equal(isPower, values.Min() >= 0);
        if (rows == 128 && !isPower) Assert.Equal(80, values.Max() - values.Min(), 0.001);
    }

    [Fact]
    public async Task Draws_A_Picture()
    {
        var target = _folder.File("mel.png");
        var result = await MusicProgram.RunAsync("mel", RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), target);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([0x89, .. "PNG"u8], (await File.ReadAllBytesAsync(target))[..4]);
    }

    [Theory]
    [InlineData("out.png", "--power", "a picture always shows dB")]
    [InlineData("out.npy", "--rate=0", "no sample rate")]
    [InlineData("out.npy", "--rate=fast", "no sample rate")]
    public async Task Refuses_Options_That_Make_No_Sense(string output, string option, string reason)
    {
        var result = await MusicProgram.RunAsync("mel", RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"), _folder.File(output), option);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public async Task Inspects_Arrays_And_Recordings()
    {
        using var array = JsonDocument.Parse(
            (await MusicProgram.RunAsync("inspect", RepositoryPaths.Sample("notes_train_data.npy"), "--json")).Output);
        Assert.Equal([6000, 120], array.RootElement.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32()));

        var recording = await MusicProgram.RunAsync("inspect", RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"));
        Assert.Contains("44100 Hz", recording.Output, StringComparison.Ordinal);
        Assert.Contains("16-bit integers", recording.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_Every_Member_Of_An_Archive()
    {
        var archive = _folder.File("all.npz");
        var labels = RepositoryPaths.Sample("notes_test_labels.npy");
        using (var zip = ZipFile.Open(archive, ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["a.npy", "b"]) zip.CreateEntryFromFile(labels, name);
            zip.CreateEntryFromFile(RepositoryPaths.Sample("ATTRIBUTION.md"), "notes.txt");
        }

        var result = await MusicProgram.RunAsync("inspect", archive);
        Assert.Matches(
            @"kind +NumPy archive of 2 arrays\s+a +int64, \(1500\)[^\n]+\s+b +int64, \(1500\)[^\n]+\s+notes\.txt +no array", result.Output);
        using var json = JsonDocument.Parse((await MusicProgram.RunAsync("inspect", archive, "--json")).Output);
        Assert.Equal([1500], json.RootElement.GetProperty("b").GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("notes.txt").ValueKind);
    }

    [Fact]
    public async Task Knows_A_File_By_Its_First_Bytes_Where_Its_Name_Says_Nothing()
    {
        var copy = _folder.File("no extension");
        File.Copy(RepositoryPaths.Sample("notes_test_labels.npy"), copy);
        var result = await MusicProgram.RunAsync("inspect", copy);
        Assert.Contains("NumPy array", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_Control_Characters_Of_A_File_Off_The_Terminal()
    {
        var source = _folder.File("hostile.aiff");
        var whole = await File.ReadAllBytesAsync(RepositoryPaths.Sample("Cello.mf.Ab3Bb3.aiff"));
        byte[] name = [.. "NAME"u8, 0, 0, 0, 6, 0x1b, .. "[2Jx!"u8];
        await File.WriteAllBytesAsync(source, [.. whole[..12], .. name, .. whole[12..]]);

        var result = await MusicProgram.RunAsync("inspect", source);

        Assert.Contains("[2Jx!", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
    }
}
