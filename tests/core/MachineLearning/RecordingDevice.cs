using MusicPipeline.Data;
using MusicPipeline.Training;

namespace MusicPipeline.Tests.MachineLearning;

/// <summary>A device that keeps what it was asked and answers with untrained weights.</summary>
internal sealed class RecordingDevice(TrainingOutcome outcome = TrainingOutcome.Completed) : ITrainingDevice
{
    public string Name => "recording";

    public TrainingSplit? Split { get; private set; }

    public List<HyperParameters> Parameters { get; } = [];

    public TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        Split = split;
        Parameters.Add(parameters);
        return new TrainingResult(
            outcome,
            InitialWeights.Create(NetworkShape.Of(split, parameters), parameters.Seed),
            TrainingHistory.From([new EpochMetrics(1, 0.5, 1, 0.5)]));
    }
}
