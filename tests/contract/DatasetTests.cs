using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

public sealed class DatasetTests(PipelineHost host) : PipelineTests(host)
{
    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("../other")]
    public async Task A_Version_That_Is_Not_There_Is_Refused_Before_It_Is_Planned(string version)
    {
        var dataset = await IngestAsync("versions");
        var request = $$"""{"dataset": "{{dataset}}", "datasetVersion": "{{version}}", "learningRates": [0.1], "hiddenUnits": [4]}""";

        var planned = (await Api.PostAsync("/api/plan", request)).Expect(HttpStatusCode.NotFound);
        var started = (await Api.PostAsync("/api/sweeps", request)).Expect(HttpStatusCode.NotFound);
        Assert.Contains($"has no version '{version}'", planned.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(started.Json["detail"]!.GetValue<string>(), planned.Json["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Makes_A_Version_When_All_Four_Arrays_Are_There()
    {
        var name = Own("four");
        var files = Arrays.Dataset(name).ToList();
        foreach (var (file, content) in files[..3]) await Blobs.UploadAsync(Blobs.DatasetUploads, file, content);
        await IngestAsync("marker");
        Assert.Empty(await Blobs.ListAsync("datasets", name + "/"));
        Assert.Empty(await Blobs.ListAsync("rejected", $"{Blobs.DatasetUploads}/{name}"));

        await Blobs.UploadAsync(Blobs.DatasetUploads, files[3].Key, files[3].Value);
        var dataset = await DatasetAsync(name, "is complete", _ => true);
        Assert.Equal(Arrays.Features, dataset["features"]!.GetValue<int>());
        Assert.Equal([0, 1, 2], dataset["classes"]!.AsArray().Select(label => label!.GetValue<long>()));
        Assert.Equal(240, dataset["train"]!["rows"]!.GetValue<int>());
        Assert.Equal([20, 20, 20], dataset["test"]!["rowsPerClass"]!.AsArray().Select(rows => rows!.GetValue<int>()));
        Assert.Equal(
            files.Select(file => file.Key).Order(),
            dataset["sources"]!.AsArray().Select(source => source!["file"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task Makes_Another_Version_Of_A_Later_Upload_And_Keeps_The_Old_One()
    {
        var name = await IngestAsync("versions");
        var first = await DatasetAsync(name, "is there", _ => true);
        var before = await FilesAsync(name, first);

        var other = Arrays.Rows(240, seed: 7);
        await Blobs.UploadAsync(Blobs.DatasetUploads, $"{name}_train_data.npy", Arrays.Npy("<f4", other, 240, Arrays.Features));
        var second = await DatasetAsync(name, "has another version", dataset => Version(dataset) != Version(first));
        Assert.Equal(before, await FilesAsync(name, first));
        Assert.Equal(before.Keys.Order(), (await FilesAsync(name, second)).Keys.Order());

        // The same arrays are the same version, whenever they are uploaded.
        foreach (var (file, content) in Arrays.Dataset(name)) await Blobs.UploadAsync(Blobs.DatasetUploads, file, content);
        await DatasetAsync(name, "is at its first version again", dataset => Version(dataset) == Version(first));
        Assert.Equal(before, await FilesAsync(name, first));
    }

    [Fact]
    public async Task Refuses_Rows_And_Labels_That_Do_Not_Match()
    {
        var name = Own("mismatch");
        var labels = $"{name}_train_labels.npy";
        foreach (var (file, content) in Arrays.Dataset(name))
            await Blobs.UploadAsync(Blobs.DatasetUploads, file, file == labels ? Arrays.Npy("<i8", Arrays.Labels(239), 239) : content);

        var rejection = await Blobs.RejectionOfAsync(Blobs.DatasetUploads, labels);
        Assert.Contains("239", rejection["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("240", rejection["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(rejection["remedy"]!.GetValue<string>());
        Assert.True(await Blobs.ExistsAsync(Blobs.DatasetUploads, labels));
        Assert.Empty(await Blobs.ListAsync("datasets", name + "/"));

        await Blobs.UploadAsync(Blobs.DatasetUploads, labels, Arrays.Npy("<i8", Arrays.Labels(240), 240));
        await DatasetAsync(name, "is mended", _ => true);
        await Eventually.NotNull(
            async () => (await Blobs.ListAsync("rejected", $"{Blobs.DatasetUploads}/{name}")).Count == 0 ? name : null,
            "the rejections to go");
    }

    [Fact]
    public async Task Refuses_What_Is_No_Array_And_What_Has_No_Part_In_A_Data_Set()
    {
        var (text, stray) = (Own("text") + "_train_data.npy", Own("stray") + ".npy");
        var files = Arrays.Dataset(Own("text"));
        files[text] = "no array"u8.ToArray();
        foreach (var (file, content) in files) await Blobs.UploadAsync(Blobs.DatasetUploads, file, content);
        await Blobs.UploadAsync(Blobs.DatasetUploads, stray, Arrays.Npy("<i8", [1L, 2, 3], 3));

        Assert.Contains(
            "NumPy",
            (await Blobs.RejectionOfAsync(Blobs.DatasetUploads, text))["message"]!.GetValue<string>(),
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "_train_data",
            (await Blobs.RejectionOfAsync(Blobs.DatasetUploads, stray))["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    private static string Version(JsonNode dataset) => dataset["version"]!.GetValue<string>();

    private async Task<Dictionary<string, string>> FilesAsync(string name, JsonNode dataset)
    {
        var prefix = $"{name}/{Version(dataset)}/";
        var files = new Dictionary<string, string>();
        foreach (var blob in await Blobs.ListAsync("datasets", prefix))
            files[blob[prefix.Length..]] = Convert.ToHexString((await Blobs.FindAsync("datasets", blob))!);
        Assert.Contains("dataset.json", files.Keys);
        Assert.Contains("train_data.npy", files.Keys);
        return files;
    }
}
