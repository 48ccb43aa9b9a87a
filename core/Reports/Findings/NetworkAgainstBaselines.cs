using MusicPipeline.Reports.Results;
using MusicPipeline.Reports.Statistics;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Findings;

/// <summary>
/// How the winner stands against the best baseline, and whether the difference is more than chance. On one set of validation
/// rows the interval of the difference is that of two shares (R. Newcombe, Interval estimation for the difference between
/// independent proportions, Statistics in Medicine 1998, method 10, from Wilson's intervals): both are scored on the same rows, which
/// makes it wider than it need be. Over folds it is that of the mean difference fold by fold, with the variance that
/// overlapping training sets ask for (C. Nadeau and Y. Bengio, Inference for the generalization error, Machine Learning 2003).
/// </summary>
internal sealed class NetworkAgainstBaselines
{
    private const double UpperShare = 0.975;

    private readonly RepeatedPoint? _point;
    private readonly int _points;
    private readonly int _folds;
    private readonly int _rows;

    private NetworkAgainstBaselines(SweepResults sweep, BaselineScores best)
    {
        Best = best;
        var points = RepeatedPoint.Of(sweep.Trials, sweep.Objective);
        _point = points.FirstOrDefault(point => point.Completed.Any(trial => trial.Record.Trial.Id == sweep.BestTrialId));
        _points = points.Count(point => point.Completed.Count > 0);
        _folds = best.Records.Count;
        _rows = best.Records.Sum(record => record.ValidationRows);
        if (_point is null) return;
        if (_folds == 1)
        {
            Lead = _point.Accuracy.Mean - best.Accuracy.Mean;
            (Low, High) = OfShares(_point.Accuracy.Mean, _rows, best.Accuracy.Mean, _rows);
            return;
        }

        var differences = SampleMean.Of([.. best.Records.Select(record => Differences(_point, record)).OfType<double>()]);
        Lead = differences.Mean;
        if (differences.Count < _folds)
        {
            (Low, High) = (double.NaN, double.NaN);
            return;
        }

        var half = StudentT.Quantile(UpperShare, _folds - 1) * Math.Sqrt(differences.Variance * ((1.0 / _folds) + (1.0 / (_folds - 1))));
        (Low, High) = (Lead - half, Lead + half);
    }

    /// <summary>The best baseline.</summary>
    public BaselineScores Best { get; }

    /// <summary>Validation accuracy of the winner's point less the baseline's; below 0 where the baseline is better.</summary>
    public double Lead { get; }

    /// <summary>Lower end of its 95% interval; NaN where it is not known.</summary>
    public double Low { get; }

    /// <summary>Upper end.</summary>
    public double High { get; }

    /// <summary>Whether the difference could as well be none.</summary>
    public bool IsWithinNoise => !(Low > 0 || High < 0);

    private int Sign => Lead >= 0 ? 1 : -1;

    /// <summary>The comparison, or null where there is no baseline.</summary>
    public static NetworkAgainstBaselines? Of(SweepResults sweep) =>
        BaselineScores.BestOf(sweep) is { } best ? new NetworkAgainstBaselines(sweep, best) : null;

    /// <summary>The finding in words.</summary>
    public IEnumerable<string> Sentences()
    {
        var baseline = $"the best baseline, {Best.Name}, with {RepeatFindings.Words(Best.Accuracy)}";
        if (_point is null)
        {
            yield return $"No network completed; {baseline} validation accuracy, is all there is.";
            yield break;
        }

        var network =
            $"{(_point.Completed.Count > 1 ? "the best point of the network, with a mean of" : "the best network, with")} "
            + $"{RepeatFindings.Words(_point.Accuracy)} validation accuracy";
        var (first, second) = Lead >= 0 ? (network, baseline) : (baseline, network);
        yield return $"{ReportText.Sentence(first)}, "
            + $"{(Lead == 0 ? "equals" : $"is {ReportText.Points(Math.Abs(Lead))} ahead of")} {second}. {Verdict()}";
        if (_points > 1 && Lead >= 0 && Low < Lead)
            yield return $"The network is the best of {_points:N0} points on these rows and the baseline has one setting, its default, "
                + "which favours the network.";
    }

    private string Verdict()
    {
        if (double.IsNaN(Low)) return "Some folds have no result, so how much of that is chance is not known.";
        var interval =
            $"95% interval {Math.Min(Low * Sign, High * Sign) * 100:0.00} to {Math.Max(Low * Sign, High * Sign) * 100:0.00} points, "
            + $"over {(_folds > 1 ? $"{_folds} folds" : ReportText.Count(_rows, "validation row"))}";
        return (IsWithinNoise, Lead >= 0) switch
        {
            (true, true) => $"That is within the noise ({interval}): these rows do not show that a network is needed.",
            (true, false) =>
                $"That is within the noise ({interval}): these rows do not tell the two apart, and the baseline is the simpler model.",
            (false, true) => $"That is more than the noise ({interval}).",
            _ =>
                $"That is more than the noise ({interval}): on these data the baseline is the better model, "
                + "while the best model of this report is the best network.",
        };
    }

    /// <summary>The 95% interval of the difference of two shares, each of so many rows.</summary>
    internal static (double Low, double High) OfShares(double one, int rowsOfOne, double other, int rowsOfOther)
    {
        var (a, b) = (WilsonInterval.Of(one, rowsOfOne), WilsonInterval.Of(other, rowsOfOther));
        return (
            one - other - Distance(one - a.Low, b.High - other),
            one - other + Distance(a.High - one, other - b.Low));
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    /// <summary>The point's mean accuracy on a fold less the baseline's; null where the point lacks the fold.</summary>
    private static double? Differences(RepeatedPoint point, BaselineRecord record)
    {
        double[] accuracies =
        [
            .. point.Completed.Select(trial => trial.Record)
                .Where(trial => trial.Trial.Validation == record.Trial.Validation)
                .Select(trial => trial.Last!.ValidationAccuracy),
        ];
        return accuracies.Length == 0 ? null : accuracies.Average() - record.ValidationAccuracy;
    }
}
