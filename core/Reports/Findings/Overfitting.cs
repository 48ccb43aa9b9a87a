using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Findings;

/// <summary>Validation loss that rises from its minimum while training loss goes on falling.</summary>
/// <param name="Epoch">Epoch (1-based) of the lowest validation loss.</param>
/// <param name="Minimum">Validation loss there.</param>
/// <param name="AtEnd">Validation loss of the last epoch.</param>
internal sealed record Overfitting(int Epoch, double Minimum, double AtEnd)
{
    /// <summary>A rise by less than this share of the minimum may be noise between epochs.</summary>
    public const double LeastRise = 0.1;

    /// <summary>How far the validation loss rose, relative to its minimum.</summary>
    public double Rise => (AtEnd / Minimum) - 1;

    /// <summary>Overfitting in a history, or null: the minimum must lie two or more epochs before the end.</summary>
    public static Overfitting? In(TrainingHistory history)
    {
        var epoch = CurveShape.EpochOfMinimum(history.ValidationLoss);
        if (epoch == 0 || epoch > history.Epochs - 2) return null;
        var found = new Overfitting(epoch, history.ValidationLoss[epoch - 1], history.ValidationLoss[^1]);
        var stillLearning = history.Loss[^1] < history.Loss[epoch - 1];
        return stillLearning && found.Minimum > 0 && found.Rise >= LeastRise && double.IsFinite(found.AtEnd) ? found : null;
    }

    public override string ToString() =>
        $"lowest in epoch {Epoch} at {ReportText.Loss(Minimum)}, {ReportText.Loss(AtEnd)} at the end, +{Rise * 100:0}%";
}
