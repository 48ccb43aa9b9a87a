using System.Text.Json;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class RowSourceTests
{
    private static readonly Dictionary<long, string> Names = new() { [7] = "flûte", [3] = "cello", [9] = "oboe" };

    [Fact]
    public async Task Rows_In_Blocks_Make_The_Data_Set_That_Arrays_Make()
    {
        var ofArrays = await new Uploads().BuildAsync();
        var ofBlocks = await DatasetBuilder.BuildAsync(
            Uploads.Name,
            new Blocks
            {
                Train = [new([1, 2], [0]), new([], []), new([3, 4, 5, 9], [1, 0]), new([7, 8], [1])],
                Test = [new([1, 2], [0]), new([3, 4], [1])],
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(ofArrays.Train.Features, ofBlocks.Train.Features);
        Assert.Equal(ofArrays.Test.Features, ofBlocks.Test.Features);
        Assert.Equal(ofArrays.Train.Labels, ofBlocks.Train.Labels);
        Assert.Equal(ofArrays.Test.Labels, ofBlocks.Test.Labels);
        Assert.Equal(ofArrays.Scaler.Mean, ofBlocks.Scaler.Mean);
    }

    [Fact]
    public async Task Classes_Have_The_Names_Of_Their_Labels()
    {
        var info = (await BuildAsync(Names)).Info;
        Assert.Equal([3, 7], info.Classes);
        Assert.Equal(["cello", "flûte"], info.ClassNames);

        var json = JsonSerializer.Serialize(info, PipelineJson.Options);
        Assert.Equal(info.ClassNames, JsonSerializer.Deserialize<DatasetInfo>(json, PipelineJson.Options)!.ClassNames);
    }

    [Fact]
    public async Task Without_Names_The_Description_Says_Nothing_Of_Them()
    {
        var info = (await BuildAsync((Dictionary<long, string>?)null)).Info;
        Assert.Null(info.ClassNames);
        Assert.DoesNotContain("classNames", JsonSerializer.Serialize(info, PipelineJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_Name_Makes_Another_Version()
    {
        string[] versions =
        [
            (await BuildAsync((Dictionary<long, string>?)null)).Info.Version,
            (await BuildAsync(Names)).Info.Version,
            (await BuildAsync(new Dictionary<long, string>(Names) { [7] = "flute" })).Info.Version,
        ];
        Assert.Equal(versions.Length, versions.Distinct().Count());
    }

    [Fact]
    public async Task Groups_And_Recipe_Are_Part_Of_The_Version_And_Come_Back()
    {
        DatasetGroup[] groups = [new("a"), new("b", "ben"), new("c", "ben")];
        var built = await BuildAsync(Grouped(groups, "mfcc-6x20/1"));
        string[] versions =
        [
            built.Info.Version,
            (await BuildAsync(Grouped(null, null))).Info.Version,
            (await BuildAsync(Grouped(groups, null))).Info.Version,
            (await BuildAsync(Grouped(groups, "mfcc-6x20/2"))).Info.Version,
            (await BuildAsync(Grouped([new("a"), new("b"), new("c", "ben")], "mfcc-6x20/1"))).Info.Version,
            (await BuildAsync(Grouped(groups, "mfcc-6x20/1") with { Test = [new([1, 2], [7], [1])] })).Info.Version,
        ];
        Assert.Equal(versions.Length, versions.Distinct().Count());

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await DatasetFiles.WriteAsync(built, async (file, write, token) =>
        {
            using var stream = new MemoryStream();
            await write(stream, token);
            lock (files) files[file] = stream.ToArray();
        }, TestContext.Current.CancellationToken);
        Assert.Contains(DatasetFiles.TrainGroups, files.Keys);
        var read = await DatasetFiles.ReadAsync(
            (file, _) => Task.FromResult<Stream>(new MemoryStream(files[file])), TestContext.Current.CancellationToken);
        Assert.Equal([0, 1], read.Train.Groups!.OfRows);
        Assert.Equal([2], read.Test.Groups!.OfRows);
        Assert.Equal([0, 1, 1], read.Test.Groups.Units);
        Assert.Equal(groups, read.Info.Groups);
        Assert.Equal("mfcc-6x20/1", read.Info.Recipe);
    }

    [Fact]
    public async Task A_Part_Without_Rows_Is_Named()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => DatasetBuilder.BuildAsync(
            Uploads.Name, new Blocks { Train = [new([1, 2, 3, 4], [3, 7])] }, TestContext.Current.CancellationToken));
        Assert.StartsWith("TestData: it has no rows", error.Message, StringComparison.Ordinal);
    }

    private static Task<Dataset> BuildAsync(IReadOnlyDictionary<long, string>? names) =>
        BuildAsync(new Blocks { ClassNames = names, Train = [new([1, 2, 3, 4], [7, 3])], Test = [new([1, 2], [7])] });

    private static Task<Dataset> BuildAsync(Blocks blocks) =>
        DatasetBuilder.BuildAsync(Uploads.Name, blocks, TestContext.Current.CancellationToken);

    private static Blocks Grouped(DatasetGroup[]? groups, string? recipe) => new()
    {
        Groups = groups,
        Recipe = recipe,
        Train = [new([1, 2], [7], [0]), new([3, 4], [3], [1])],
        Test = [new([1, 2], [7], [2])],
    };

    /// <summary>Rows of two features.</summary>
    private sealed record Blocks : IRowSource
    {
        public int Features => 2;

        public IReadOnlyDictionary<long, string>? ClassNames { get; init; }

        public IReadOnlyList<DatasetGroup>? Groups { get; init; }

        public string? Recipe { get; init; }

        public IReadOnlyList<DatasetSource> Sources => [new("notes", "<f4", [3, 2], "5e")];

        public RowBlock[] Train { get; init; } = [];

        public RowBlock[] Test { get; init; } = [];

        public IAsyncEnumerable<RowBlock> ReadTrainAsync(CancellationToken cancellationToken) => Train.ToAsyncEnumerable();

        public IAsyncEnumerable<RowBlock> ReadTestAsync(CancellationToken cancellationToken) => Test.ToAsyncEnumerable();

        public string NameOf(DatasetRole role) => role.ToString();
    }
}
