using System.Text.Json;
using MusicPipeline.Data.Arrays;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>What is wrong with an upload ends as words in <c>rejected</c>, or as a warning beside what could be read.</summary>
public sealed class MalformedUploadTests
{
    private static readonly string[] Parts = ["train_data", "train_labels", "test_data", "test_labels"];

    [Fact]
    public async Task Each_Damaged_Recording_Is_Rejected_Or_Converted_With_A_Warning()
    {
        using var workspace = await Workspace.OpenAsync();
        var whole = await File.ReadAllBytesAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"));
        var common = whole.AsSpan().IndexOf("COMM"u8) + 8;
        (string Name, byte[] Content, bool IsRejected)[] recordings =
        [
            ("text", "This is no recording."u8.ToArray(), true),
            ("wave", [.. "RIFF"u8, .. whole[4..8], .. "WAVE"u8, .. whole[12..]], true),
            ("form alone", whole[..12], true),
            ("cut in COMM", whole[..(common + 9)], true),
            ("no channels", With(common, 0, 0), true),
            ("33 bits", With(common + 6, 0, 33), true),
            ("rate of NaN", With(common + 8, 0x7F, 0xFF, 0xC0), true),
            ("no COMM", With(common - 8, [.. "COMB"u8]), true),
            ("no SSND", With(whole.AsSpan().IndexOf("SSND"u8), [.. "SSNT"u8]), true),
            ("cut in the sound", whole[..(whole.Length / 2)], false),
            ("an odd last byte", whole[..(whole.Length - 1001)], false),
        ];
        foreach (var (name, content, _) in recordings) await File.WriteAllBytesAsync(workspace.File(name + ".aiff"), content);

        var outcomes = await UploadAsync(workspace, recordings.Select(recording => workspace.File(recording.Name + ".aiff")));
        foreach (var (name, content, isRejected) in recordings)
        {
            Assert.True((outcomes[name + ".aiff"] == "rejected") == isRejected, $"{name} was {outcomes[name + ".aiff"]}");
            if (!isRejected) await CheckWarningAsync(workspace, name + ".aiff");
            Assert.Equal(content, await workspace.ReadAsync("audio-uploads", name + ".aiff"));
        }

        byte[] With(int position, params byte[] bytes)
        {
            var changed = whole.ToArray();
            bytes.CopyTo(changed, position);
            return changed;
        }
    }

    [Fact]
    public async Task Each_Malformed_Recording_Of_The_Conformance_Set_Ends_In_Words()
    {
        using var workspace = await Workspace.OpenAsync();
        var files = Directory.GetFiles(RepositoryPaths.Shared("conformance", "malformed"))
            .Where(file => new FileInfo(file).Length > 0)
            .ToList();
        var outcomes = await UploadAsync(workspace, files);
        Assert.Equal(
            files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal), outcomes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_Damaged_Array_Is_Rejected()
    {
        using var workspace = await Workspace.OpenAsync();
        var header = await ArrayAsync<float>([1f, 2f, 3f, 4f], [2, 2]);
        var damaged = new Dictionary<string, byte[]>
        {
            ["text"] = "no array"u8.ToArray(),
            ["cut"] = header[..^1],
            ["longer"] = [.. header, 0],
            ["version"] = [.. header[..6], 9, .. header[7..]],
            ["vector"] = await ArrayAsync<float>([1f, 2f, 3f, 4f], [4]),
            ["rows"] = await ArrayAsync<float>([1f, 2f], [1, 2]),
            ["nan"] = await ArrayAsync<float>([1f, float.NaN, 3f, 4f], [2, 2]),
        };
        if (RepositoryPaths.HasShared)
        {
            foreach (var file in Directory.GetFiles(RepositoryPaths.Shared("npy"), "reject_*.npy"))
                damaged[Path.GetFileNameWithoutExtension(file)] = await File.ReadAllBytesAsync(file);
        }

        var files = new List<string>();
        foreach (var (name, content) in damaged)
        {
            byte[][] arrays = [content, await ArrayAsync<long>([0, 1], [2]), header, await ArrayAsync<long>([0, 1], [2])];
            foreach (var (part, array) in Parts.Zip(arrays))
            {
                files.Add(workspace.File($"{name}_{part}.npy"));
                await File.WriteAllBytesAsync(files[^1], array);
            }
        }

        var outcomes = await UploadAsync(workspace, files);
        foreach (var name in damaged.Keys) Assert.Equal("rejected", outcomes[$"{name}_train_data.npy"]);
        Assert.Empty(await workspace.ListAsync("datasets"));
    }

    /// <summary>Uploads files by the program, and checks that each is told in words; the outcomes by the files' names.</summary>
    private static async Task<Dictionary<string, string>> UploadAsync(Workspace workspace, IEnumerable<string> files)
    {
        var result = await workspace.RunAsync(["upload", "--json", .. files]);
        Assert.Equal(2, result.ExitCode);
        Assert.All(result.Error.Split('\n')[..^1], line => Assert.Matches(@"^music: [^;]+; .+\.$", line));
        var outcomes = new Dictionary<string, string>();
        foreach (var upload in JsonDocument.Parse(result.Output).RootElement.EnumerateArray())
        {
            var blob = upload.GetProperty("blob").GetString()!;
            var name = blob[(blob.IndexOf('/') + 1)..];
            outcomes[name] = upload.GetProperty("outcome").GetString()!;
            if (outcomes[name] == "rejected") await CheckRejectionAsync(workspace, blob, name);
            // The other arrays of its data set are well.
            else Assert.Equal(name.EndsWith(".npy", StringComparison.Ordinal) ? "waitingForOthers" : "processed", outcomes[name]);
        }

        return outcomes;
    }

    private static async Task CheckRejectionAsync(Workspace workspace, string blob, string name)
    {
        var rejection = JsonDocument.Parse(await workspace.ReadAsync("rejected", blob + ".json")).RootElement;
        Assert.Equal(blob, rejection.GetProperty("upload").GetString());
        Assert.NotEmpty(rejection.GetProperty("problem").GetString()!);
        Assert.NotEmpty(rejection.GetProperty("remedy").GetString()!);
        Assert.Contains(
            rejection.GetProperty("problem").GetString()!, rejection.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await workspace.ListAsync("audio"), file => file.Key.StartsWith(name + "/", StringComparison.Ordinal));
    }

    private static async Task CheckWarningAsync(Workspace workspace, string name)
    {
        var audio = JsonDocument.Parse(await workspace.ReadAsync("audio", name + "/audio.json")).RootElement;
        Assert.All(
            audio.GetProperty("recording").GetProperty("warnings").EnumerateArray(), warning => Assert.NotEmpty(warning.GetString()!));
        Assert.NotEqual(0, audio.GetProperty("recording").GetProperty("warnings").GetArrayLength());
    }

    private static async Task<byte[]> ArrayAsync<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        await NpyWriter.WriteAsync<T>(stream, values, shape);
        return stream.ToArray();
    }
}
