using MusicPipeline.Data;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class DatasetFileNameTests
{
    [Theory]
    [InlineData("notes_train_data.npy", "notes", DatasetRole.TrainData)]
    [InlineData("notes_train_labels.npy", "notes", DatasetRole.TrainLabels)]
    [InlineData("notes_test_data.npy", "notes", DatasetRole.TestData)]
    [InlineData("notes_test_labels.npy", "notes", DatasetRole.TestLabels)]
    [InlineData("a_train_data_test_data.npy", "a_train_data", DatasetRole.TestData)]
    [InlineData("my set-1.2_test_data.npy", "my set-1.2", DatasetRole.TestData)]
    [InlineData("Müsik 楽器_train_data.npy", "Müsik 楽器", DatasetRole.TrainData)]
    [InlineData("__train_data.npy", null, DatasetRole.TrainData)]
    [InlineData("𝄞_train_data.npy", "𝄞", DatasetRole.TrainData)]
    public void Reads_The_Data_Set_And_The_Role(string file, string? dataset, DatasetRole role)
    {
        var name = DatasetFileName.TryParse(file);
        Assert.Equal(dataset, name?.Dataset);
        if (name is null) return;
        Assert.Equal(role, name.Role);
        Assert.Equal(file, name.ToString());
    }

    [Theory]
    [InlineData("notes.npy", "not that of a data set's file")]
    [InlineData("notes_training_data.npy", "not that of a data set's file")]
    [InlineData("notes_train_data.NPY", "not that of a data set's file")]
    [InlineData("_train_data.npy", "is empty")]
    [InlineData(".._train_data.npy", "has no letter or digit")]
    [InlineData("a/b_train_data.npy", "has the character '/'")]
    [InlineData("a\\b_train_data.npy", "has the character '\\'")]
    [InlineData("a\n_train_data.npy", "has the character U+000A")]
    [InlineData("a\u202Eb_train_data.npy", "has the character U+202E")]
    [InlineData(" a_train_data.npy", "begins or ends with a space")]
    public void Refuses_Other_Names_And_Lists_The_Expected_Ones(string file, string reason)
    {
        var error = Assert.Throws<InputException>(() => DatasetFileName.Parse(file));
        Assert.Contains(reason, error.Message);
        Assert.Equal(file, error.Subject);
        Assert.All(DatasetFileName.Expected("<dataset>"), expected => Assert.Contains(expected, error.Remedy));
    }

    [Fact]
    public void Refuses_Names_Of_More_Than_100_Characters()
    {
        Assert.Equal(new string('a', 100), DatasetFileName.Parse(new string('a', 100) + "_test_data.npy").Dataset);
        Assert.Null(DatasetFileName.TryParse(new string('a', 101) + "_test_data.npy"));
    }

    [Fact]
    public void Lists_Four_Files() => Assert.Equal(
        ["n_train_data.npy", "n_train_labels.npy", "n_test_data.npy", "n_test_labels.npy"], DatasetFileName.Expected("n"));
}
