using System.Collections.Concurrent;
using System.Text;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Tests.Arrays;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class DatasetFilesTests
{
    [Fact]
    public async Task A_Version_Comes_Back_Bit_For_Bit()
    {
        var dataset = await SampleNotes.BuildAsync();
        var back = await ReadAsync((await WriteAsync(dataset)).Files);

        Assert.Equal(dataset.Scaler.Mean, back.Scaler.Mean);
        Assert.Equal(dataset.Scaler.Deviation, back.Scaler.Deviation);
        Assert.Equal(dataset.Train.Features, back.Train.Features);
        Assert.Equal(dataset.Test.Features, back.Test.Features);
        Assert.Equal(dataset.Train.Labels, back.Train.Labels);
        Assert.Equal(dataset.Test.Labels, back.Test.Labels);
        Assert.Equivalent(dataset.Info, back.Info, strict: true);
    }

    [Fact]
    public async Task The_Description_Is_Opened_When_All_Else_Is_Closed()
    {
        var (files, events) = await WriteAsync(await new Uploads().BuildAsync());
        Assert.Equal(6, files.Count);
        Assert.Equal(["open dataset.json", "close dataset.json"], events[^2..]);
        Assert.Equal(12, events.Count);
    }

    [Fact]
    public async Task The_Description_Is_Not_Written_When_A_File_Fails()
    {
        var dataset = await new Uploads().BuildAsync();
        var opened = new ConcurrentBag<string>();
        await Assert.ThrowsAsync<IOException>(() => DatasetFiles.WriteAsync(dataset, (file, write, token) =>
        {
            opened.Add(file);
            return file == DatasetFiles.TestLabels ? throw new IOException("full") : write(new MemoryStream(), token);
        }));
        Assert.DoesNotContain(DatasetFiles.Info, opened);
    }

    [Fact]
    public async Task Damaged_Versions_Are_Refused_By_File()
    {
        var dataset = await new Uploads().BuildAsync();
        var data = (await WriteAsync(dataset)).Files[DatasetFiles.TrainData];

        await RefusesAsync(DatasetFiles.TrainData, data[..^1], "train_data.npy: the file ends 1 bytes before the 32");
        await RefusesAsync(
            DatasetFiles.TrainData, Uploads.File(new float[8], [2, 4]), "train_data.npy: its shape (2, 4) is not what dataset.json says");
        await RefusesAsync(
            DatasetFiles.TrainLabels,
            Uploads.File([0, 1, 2, 1], [4]),
            "train_labels.npy: it has the class index 2, and there are 2 classes");
        await RefusesAsync(DatasetFiles.TrainLabels, Uploads.File([0, 1, -1, 1], [4]), "train_labels.npy: it has the class index -1");
        await RefusesAsync(
            DatasetFiles.Scaler, "{\"mean\":[1],\"deviation\":[1]}"u8.ToArray(), "scaler.json: it has another number of features");
        await RefusesAsync(DatasetFiles.Scaler, "{\"mean\":[1,"u8.ToArray(), "scaler.json: it is not the JSON expected there");
        await RefusesAsync(DatasetFiles.Info, "null"u8.ToArray(), "dataset.json: it holds null");

        async Task RefusesAsync(string file, byte[] content, string text)
        {
            var files = (await WriteAsync(dataset)).Files;
            files[file] = content;
            var error = await Assert.ThrowsAsync<InputException>(() => ReadAsync(files));
            Assert.Contains(text, error.Message);
        }
    }

    [Fact]
    public async Task The_Description_Answers_The_First_Question()
    {
        var json = Encoding.UTF8.GetString((await WriteAsync(await new Uploads().BuildAsync())).Files[DatasetFiles.Info]);
        Assert.Contains("\"features\": 2", json);
        Assert.Contains("\"rows\": 4", json);
        Assert.Contains("\"classes\": [", json);
        Assert.Contains("\"rowsPerClass\": [", json);
    }

    private static Task<Dataset> ReadAsync(Dictionary<string, byte[]> files) =>
        DatasetFiles.ReadAsync((file, _) => Task.FromResult<Stream>(new TricklingStream(files[file])));

    private static async Task<(Dictionary<string, byte[]> Files, List<string> Events)> WriteAsync(Dataset dataset)
    {
        var files = new Dictionary<string, byte[]>();
        var events = new List<string>();
        await DatasetFiles.WriteAsync(dataset, async (file, write, token) =>
        {
            events.Add("open " + file);
            using var content = new MemoryStream();
            await write(content, token);
            events.Add("close " + file);
            files[file] = content.ToArray();
        });
        return (files, events);
    }
}
