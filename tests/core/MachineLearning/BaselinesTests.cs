using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Tests.Training;
using MusicPipeline.Training.MachineLearning;
using Xunit;

namespace MusicPipeline.Tests.MachineLearning;

public sealed class BaselinesTests
{
    private static readonly TrainingSplit Split = TrainingCases.Split(rows: 400, features: 20, classes: 3);

    [Theory]
    [InlineData("sdca", 0.95, true)]
    [InlineData("lbfgs", 0.95, true)]
    [InlineData("naive-bayes", 0.8, false)]
    [InlineData("perceptron", 0.9, false)]
    public void Every_Baseline_Learns_And_Does_So_Again(string name, double least, bool probable)
    {
        var score = Baselines.Train(name, Split);

        Assert.Contains(name, Baselines.Names);
        Assert.Equal(name, score.Name);
        Assert.InRange(score.Metrics.ValidationAccuracy, least, 1);
        Assert.InRange(score.Metrics.Accuracy, least, 1);
        Assert.Equal(probable, double.IsFinite(score.Metrics.Loss));
        if (probable) Assert.InRange(score.Metrics.ValidationLoss, score.Metrics.Loss / 2, 0.5);
        Assert.Equal(score.Metrics, Baselines.Train(name, Split).Metrics);
    }

    [Fact]
    public void There_Are_No_Others() =>
        Assert.Equal(
            "there is no baseline 'lightgbm'; choose from sdca, lbfgs, naive-bayes, perceptron.",
            Assert.Throws<InputException>(() => Baselines.Train("lightgbm", Split)).Message);

    [Fact]
    public void Cancellation_Is_Heard() =>
        Assert.Throws<OperationCanceledException>(
            () => Baselines.Train("sdca", Split, cancellationToken: new CancellationToken(canceled: true)));
}
