using MusicPipeline.Errors;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Tests.Storage;

public sealed class BlobPathsTests
{
    [Fact]
    public void Everything_Has_Its_Place()
    {
        Assert.Equal("audio-uploads/take 1/a.aiff", BlobPaths.AudioUpload("take 1/a.aiff").ToString());
        Assert.Equal("dataset-uploads/notes_train_data.npy", BlobPaths.DatasetUpload("notes_train_data.npy").ToString());
        Assert.Equal("audio/take 1/a.aiff/audio.wav", BlobPaths.Audio("take 1/a.aiff", "audio.wav").ToString());
        Assert.Equal("datasets/notes/0a1b/dataset.json", BlobPaths.Dataset("notes", "0a1b", "dataset.json").ToString());
        Assert.Equal("datasets/notes/current.json", BlobPaths.DatasetCurrent("notes").ToString());
        Assert.Equal("trials/ab12/trial.json", BlobPaths.Trial("ab12", "trial.json").ToString());
        Assert.Equal("sweeps/lab-ab12/sweep.json", BlobPaths.Sweep("lab-ab12", "sweep.json").ToString());
        Assert.Equal(
            "rejected/audio-uploads/take 1/a.aiff.json",
            BlobPaths.Rejected(BlobPaths.AudioUpload("take 1/a.aiff")).ToString());
    }

    [Theory]
    [InlineData("../../datasets/notes")]
    [InlineData("..")]
    [InlineData("a\\..\\b")]
    public void No_Name_Leads_Out_Of_Its_Folder(string name)
    {
        BlobPath[] paths =
        [
            BlobPaths.Audio(name, "x"), BlobPaths.DatasetCurrent(name), BlobPaths.Trial(name, "x"), BlobPaths.Sweep(name, "x"),
            BlobPaths.Dataset(name, "v", "x"), BlobPaths.Rejected(new BlobPath(Containers.AudioUploads, name)),
        ];

        Assert.All(paths, path =>
        {
            Assert.DoesNotContain(path.Name.Split('/'), segment => segment is "." or ".." or "");
            Assert.DoesNotContain('\\', path.Name);
        });
    }

    [Theory]
    [InlineData("", "the name of an upload is empty; give the file another name.")]
    [InlineData("../trials/x.aiff", "the name '../trials/x.aiff' has a '.' or '..' for a folder; give the file another name.")]
    [InlineData("a/./b", "the name 'a/./b' has a '.' or '..' for a folder; give the file another name.")]
    public void Refuses_Upload_Names_That_Are_None(string name, string message)
    {
        Assert.Equal(message, Assert.Throws<InputException>(() => BlobPaths.AudioUpload(name)).Message);
        Assert.Equal(message, Assert.Throws<InputException>(() => BlobPaths.DatasetUpload(name)).Message);
    }

    [Fact]
    public void Refuses_Upload_Names_That_Storage_Cannot_Hold() => Assert.Equal(
        "the name of an upload has 1025 characters, more than 1024; give the file another name.",
        Assert.Throws<InputException>(() => BlobPaths.AudioUpload(new string('a', 1025))).Message);

    [Fact]
    public void The_Path_Of_Every_Result_Of_A_Longest_Name_Fits()
    {
        var upload = BlobPaths.AudioUpload(new string('?', 1024));

        Assert.InRange(BlobPaths.Audio(upload.Name, "index.html").Name.Length, 1, 1024);
        Assert.InRange(BlobPaths.Rejected(upload).Name.Length, 1, 1024);
    }

    [Theory]
    [InlineData("report.html", "text/html; charset=utf-8")]
    [InlineData("report.md", "text/markdown; charset=utf-8")]
    [InlineData("Mel.PNG", "image/png")]
    [InlineData("audio.wav", "audio/wav")]
    [InlineData("a.b/audio.json", "application/json")]
    [InlineData("x.aifc", "audio/aiff")]
    [InlineData("best.onnx", "application/octet-stream")]
    [InlineData("none", "application/octet-stream")]
    public void A_Browser_Is_Told_The_Type(string name, string type) => Assert.Equal(type, ContentTypes.Of(name));
}
