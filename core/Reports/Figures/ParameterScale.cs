using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>
/// The axis of a parameter: a place for each of a few names or of values that a logarithm does not take, and otherwise
/// even or logarithmic as the parameter is.
/// </summary>
internal sealed class ParameterScale
{
    private const int MostChoices = 10;
    private const int MostSpelled = 3;

    // Values differ by less than this factor where a logarithm shows nothing that an even axis does not.
    private const double LeastRatio = 4;

    private readonly HyperParameter _parameter;
    private readonly double[] _values;
    private readonly bool _isPlaced;

    public ParameterScale(HyperParameter parameter, IEnumerable<HyperParameters> trials)
    {
        HyperParameters[] values = [.. trials.DistinctBy(parameter.Get).OrderBy(parameter.Get)];
        _parameter = parameter;
        _values = [.. values.Select(parameter.Get)];
        // 0 has no place on a logarithmic axis, and weight decay is tried with and without.
        _isPlaced = parameter.IsChoice || (_values.Length <= MostChoices && _values[0] <= 0);
        Axis = AxisOf(values);
        Places = _isPlaced ? [.. values.Select(parameter.ShortText)] : null;
        Span = Places is not null && Places.Count <= MostSpelled
            ? string.Join(", ", Places)
            : $"{parameter.ShortText(values[0])} to {parameter.ShortText(values[^1])}";
    }

    public ChartAxis Axis { get; }

    /// <summary>Names of the places on the axis; null where it has numbers.</summary>
    public IReadOnlyList<string>? Places { get; }

    /// <summary>What lies on the axis, from its lower to its upper end: <c>0.0001 to 0.1</c>, or the names.</summary>
    public string Span { get; }

    /// <summary>Where a trial lies on the axis.</summary>
    public double PlaceOf(HyperParameters trial)
    {
        var value = _parameter.Get(trial);
        return _isPlaced ? Array.BinarySearch(_values, value) : value;
    }

    private ChartAxis AxisOf(HyperParameters[] values)
    {
        var label = ReportText.Sentence(_parameter.Words);
        if (_isPlaced) return ChartAxis.Places(label, [.. values.Select(_parameter.ShortText)], most: MostChoices);
        if (!_parameter.IsLogarithmic || _values[0] <= 0 || _values[^1] < LeastRatio * _values[0]) return ChartAxis.Linear(label, _values);
        return _values.Length > MostChoices ? ChartAxis.Log(label, _values) : ChartAxis.LogChoices(label, _values, number =>
            _parameter.ShortText(values[Array.FindIndex(_values, value => Math.Abs(value - number) <= 1e-9 * value)]));
    }
}
