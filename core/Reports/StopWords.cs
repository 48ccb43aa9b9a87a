using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports;

/// <summary>Why a sweep ended before all of its trials had, in words.</summary>
internal static class StopWords
{
    /// <summary>The sentence, or null where no condition ended it.</summary>
    public static string? Of(SweepResults sweep)
    {
        if (sweep.StopCause is not { } cause) return null;
        var why = cause switch
        {
            StopCause.Accuracy =>
                $"a trial had reached the validation accuracy that was asked for{Given(sweep.Stop?.Accuracy, ReportText.Percent)}",
            StopCause.Objective =>
                $"a trial had reached the {sweep.Objective.Words()} that was asked for"
                    + Given(sweep.Stop?.At, at => sweep.Objective.Text(at)),
            StopCause.Trials => $"as many trials had ended as were asked for{Given(sweep.Stop?.Trials, trials => $"{trials:N0}")}",
            StopCause.Epochs => $"the epochs were spent that it was given{Given(sweep.Stop?.Epochs, epochs => $"{epochs:N0}")}",
            StopCause.Time => $"its time was up{Given(sweep.Stop?.Seconds, Time)}",
            StopCause.Failures => $"too many trials had failed{Given(sweep.Stop?.Failures, failures => $"{failures:N0}")}",
            _ => throw new ArgumentOutOfRangeException(nameof(sweep), cause, "There are no words for this cause."),
        };
        var left = sweep.Failures.Count;
        return $"The sweep ended when {why}{(left > 0 ? $"; {ReportText.Count(left, "trial")} did not run to a result" : "")}.";
    }

    private static string Given<T>(T? value, Func<T, string> text)
        where T : struct => value is { } given ? $" ({text(given)})" : "";

    private static string Time(double seconds) => seconds switch
    {
        < 120 => $"{seconds:0.##} s",
        < 7200 => $"{seconds / 60:0.#} min",
        _ => $"{seconds / 3600:0.#} h",
    };
}
