using MusicPipeline.Reports.Findings;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class OverfittingTests
{
    [Fact]
    public void Is_Found_Where_Validation_Loss_Rises_While_Training_Loss_Falls()
    {
        var found = Overfitting.In(History([1, 0.5, 0.2, 0.1, 0.05], [1, 0.6, 0.40, 0.45, 0.50]));

        Assert.NotNull(found);
        Assert.Equal(3, found.Epoch);
        Assert.Equal(0.25, found.Rise, 9);
        Assert.Equal("lowest in epoch 3 at 0.4000, 0.5000 at the end, +25%", found.ToString());
    }

    [Theory]
    [InlineData(new[] { 1, 0.5, 0.2, 0.1, 0.05 }, new[] { 1, 0.6, 0.40, 0.41, 0.43 })]
    [InlineData(new[] { 1, 0.5, 0.2, 0.3, 0.4 }, new[] { 1, 0.6, 0.40, 0.5, 0.6 })]
    [InlineData(new[] { 1, 0.5, 0.2, 0.1, 0.05 }, new[] { 1, 0.6, 0.5, 0.40, 0.50 })]
    [InlineData(new[] { 1.0 }, new[] { 1.0 })]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { 1, 0.5, 0.2, 0.1 }, new[] { 1, 0.5, 0.6, double.NaN })]
    public void Is_Not_Found_In_Noise_In_Diverging_Losses_Or_In_The_Last_Step(double[] loss, double[] validationLoss) =>
        Assert.Null(Overfitting.In(History(loss, validationLoss)));

    private static TrainingHistory History(double[] loss, double[] validationLoss) => new(loss, loss, validationLoss, validationLoss);
}
