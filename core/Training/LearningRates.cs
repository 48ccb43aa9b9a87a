namespace MusicPipeline.Training;

/// <summary>The learning rate of each epoch; see <see cref="LearningRateSchedule"/>. Every device uses these.</summary>
internal static class LearningRates
{
    /// <summary>The rate of the epoch that follows a number of epochs done.</summary>
    public static double Of(HyperParameters parameters, int epochsDone) => parameters.Schedule switch
    {
        LearningRateSchedule.Cosine =>
            parameters.LearningRate * (1 + Math.Cos(Math.PI * epochsDone / parameters.Epochs)) / 2,
        LearningRateSchedule.Step when 4L * epochsDone >= 3L * parameters.Epochs => parameters.LearningRate / 100,
        LearningRateSchedule.Step when 2L * epochsDone >= parameters.Epochs => parameters.LearningRate / 10,
        _ => parameters.LearningRate,
    };
}
