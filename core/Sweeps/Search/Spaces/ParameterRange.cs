using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>Which values a hyper-parameter may take, as a request says it. In JSON see <see cref="RangeKind"/>.</summary>
[JsonConverter(typeof(ParameterRangeJsonConverter))]
public sealed record ParameterRange
{
    private const double Rounding = 1e-9;

    private ParameterRange(RangeKind kind, double from, double to) => (Kind, From, To) = (kind, from, to);

    /// <summary>The way it is said.</summary>
    public RangeKind Kind { get; }

    /// <summary>The values of a list; empty for others.</summary>
    public IReadOnlyList<double> Values { get; private init; } = [];

    /// <summary>Lowest value of what is no list.</summary>
    public double From { get; }

    /// <summary>Highest value of what is no list; steps may end before it.</summary>
    public double To { get; }

    /// <summary>From a value to the next, for steps.</summary>
    public double Step { get; private init; }

    /// <summary>These values.</summary>
    public static ParameterRange Of(IReadOnlyList<double> values) => new(RangeKind.List, 0, 0) { Values = values };

    /// <summary>These values of a choice.</summary>
    public static ParameterRange Of<T>(params ReadOnlySpan<T> names)
        where T : struct, Enum => Of([.. names.ToArray().Select(name => Convert.ToDouble(name))]);

    /// <summary>From a value up to another in steps.</summary>
    public static ParameterRange InSteps(double from, double to, double step) => new(RangeKind.Steps, from, to) { Step = step };

    /// <summary>A range without steps of its own, of any other kind.</summary>
    public static ParameterRange Between(RangeKind kind, double from, double to) => kind is RangeKind.List or RangeKind.Steps
        ? throw new ArgumentException($"{kind} needs more than two numbers.", nameof(kind))
        : new ParameterRange(kind, from, to);

    /// <summary>What is wrong with it, whatever it stands for, in words that follow its name; null where nothing is.</summary>
    public string? Problem() => Kind switch
    {
        RangeKind.List => Values.Count == 0 ? "has an empty list"
            : Values.Distinct().Count() < Values.Count ? "names a value twice"
            : null,
        _ when !(From <= To) || !double.IsFinite(To - From) => $"goes from {From} to {To}, and must go upwards",
        RangeKind.Steps when !(Step > 0) || !double.IsFinite(Step) => $"has a step of {Step}, which must be above 0",
        RangeKind.PowersOfTwo when !IsPowerOfTwo(From) || !IsPowerOfTwo(To) =>
            $"goes from {From} to {To}, which must both be powers of two, such as 4 and 1024",
        RangeKind.Uniform or RangeKind.LogUniform when From == To => $"goes from {From} to {To}; a single value is a list of one",
        RangeKind.LogUniform or RangeKind.LogInteger when From <= 0 =>
            $"starts at {From}, where a logarithmic range must start above 0",
        RangeKind.Integer or RangeKind.LogInteger when From != Math.Floor(From) || To != Math.Floor(To) =>
            $"goes from {From} to {To}, where an integer range needs whole numbers",
        _ => null,
    };

    /// <summary>How many values there are; null where any number will do.</summary>
    public double? Count() => Kind switch
    {
        RangeKind.List => Values.Count,
        RangeKind.Steps => Math.Floor(((To - From) / Step) + Rounding) + 1,
        RangeKind.PowersOfTwo => Math.Round(Math.Log2(To / From)) + 1,
        RangeKind.Integer or RangeKind.LogInteger => To - From + 1,
        _ => null,
    };

    /// <summary>The values of a range that has a count, in the order of a grid.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public IReadOnlyList<double> ToList()
    {
        var count = (int)(Count() ?? throw new InvalidOperationException($"A {Kind} range has no list of values."));
        return Kind switch
        {
            RangeKind.List => Values,
            RangeKind.Steps => [.. Enumerable.Range(0, count).Select(i => Decimals(From + (i * Step)))],
            RangeKind.PowersOfTwo => [.. Enumerable.Range(0, count).Select(i => From * Math.Pow(2, i))],
            _ => [.. Enumerable.Range(0, count).Select(i => From + i)],
        };
    }

    private static bool IsPowerOfTwo(double value) => value > 0 && Math.Log2(value) == Math.Round(Math.Log2(value));

    // 0.1 + 2 * 0.1 is meant to be 0.3.
    private static double Decimals(double value) => double.Parse(value.ToString("G14"));
}
