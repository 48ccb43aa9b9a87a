using MusicPipeline.Errors;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Models;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_True_Rows_Against_Predicted_Columns()
    {
        var matrix = new Prediction([1, 1, 4, 9, 9], new float[20], [1, 4, 9, 12]).Against([1, 4, 4, 9, 1]);

        Assert.Equal([[1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], matrix.Counts);
        Assert.Equal(5, matrix.Rows);
        Assert.Equal(0.6, matrix.Accuracy);
        Assert.Equal((0.5 + 0.5 + 1) / 3, matrix.BalancedAccuracy, 1e-12);
        Assert.Equal(
            [new(1, 2, 0.5, 0.5), new(4, 2, 1, 0.5), new(9, 1, 0.5, 1), new ClassScore(12, 0, null, null)],
            matrix.PerClass);
    }

    [Fact]
    public void Refuses_Labels_That_The_Model_Does_Not_Know()
    {
        var prediction = new Prediction([1, 1, 4, 4], new float[8], [1, 4]);

        var error = Assert.Throws<InputException>(() => prediction.Against([7, 1, 5, 7]));

        Assert.StartsWith("3 of 4 labels are no class of the model (5, 7), which knows 1, 4;", error.Message);
    }

    [Fact]
    public void Refuses_Another_Number_Of_Labels() =>
        Assert.StartsWith(
            "there are 3 labels for 2 rows;",
            Assert.Throws<InputException>(() => new Prediction([1, 1], new float[4], [1, 4]).Against([1, 1, 4])).Message);

    [Fact]
    public void No_Rows_Have_No_Accuracy()
    {
        var none = ConfusionMatrix.Of([1, 2], [], []);
        Assert.Equal((0, 0), (none.Accuracy, none.BalancedAccuracy));
    }
}
