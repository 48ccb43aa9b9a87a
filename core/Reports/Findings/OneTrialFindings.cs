using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Findings;

/// <summary>What one trial's curves say: how good, how large the gap, and whether more epochs would help or harm.</summary>
internal sealed class OneTrialFindings
{
    private readonly FinishedTrial _trial;

    private OneTrialFindings(FinishedTrial trial)
    {
        _trial = trial;
        Overfitting = Overfitting.In(trial.History);
        FallAtEnd = CurveShape.FallAtEnd(trial.History.ValidationLoss);
    }

    /// <summary>Overfitting, or null.</summary>
    public Overfitting? Overfitting { get; }

    /// <summary>How fast the validation loss still falls at the end, as a share an epoch.</summary>
    public double FallAtEnd { get; }

    public static OneTrialFindings From(FinishedTrial trial) => new(trial);

    /// <summary>The findings in words.</summary>
    public IEnumerable<string> Sentences()
    {
        if (_trial.Record.Outcome == TrainingOutcome.Diverged)
        {
            yield return $"It diverged: {Divergence.Words(_trial)}.";
            yield break;
        }

        if (_trial.Record.Last is not { } last) yield break;
        var gap = last.Accuracy - last.ValidationAccuracy;
        yield return $"After {ReportText.Count(_trial.Record.Epochs, "epoch")} the network classifies "
            + $"{ReportText.Percent(last.ValidationAccuracy)} of the "
            + $"validation rows rightly and {ReportText.Percent(last.Accuracy)} of the training rows, a gap of {ReportText.Points(gap)}.";
        if (Overfitting is not null)
            yield return $"It overfits: validation loss rises ({Overfitting}) while training loss still falls.";
        else if (FallAtEnd >= 0.01)
            yield return $"Validation loss still falls by {FallAtEnd * 100:0.#}% an epoch at the end, so more epochs may help.";
        if (_trial.Record.BestEpoch > 0 && _trial.Record.BestEpoch < _trial.Record.Epochs)
            yield return $"Validation accuracy was highest in epoch {_trial.Record.BestEpoch}, "
                + $"at {ReportText.Percent(_trial.Record.BestValidationAccuracy)}.";
    }
}
