using System.CommandLine;
using System.Globalization;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Commands;

/// <summary>The options of <c>music sweep</c> that say what is searched, how, and until when.</summary>
internal sealed class SearchOptions
{
    private readonly Option<string[]> _rates = Values("--learning-rate", $"Learning rates; {RangeText.Forms}");
    private readonly Option<string[]> _units = Values("--hidden-units", "Hidden sizes, in the same forms");
    private readonly Option<string[]> _epochs = Values("--epochs", "Epochs, in the same forms; a preset has its own, others take 20");
    private readonly Option<string[]> _batch = Values("--batch-size", "Rows a step, in the same forms; 128 unless told otherwise");
    private readonly Option<string[]> _seed = Values(
        "--seed", "Seeds of weights and row order, in the same forms; 1 unless told otherwise");
    private readonly Option<string[]> _decay = Values("--weight-decay", "Weight decays, in the same forms; 0 unless told otherwise");
    private readonly Option<string[]> _schedule = Values(
        "--schedule", "How the learning rate changes: constant, cosine, step; several to compare them");
    private readonly Option<string[]> _activation = Values("--activation", "Activation: sigmoid, tanh, relu; several to compare them");
    private readonly Option<int?> _repeats = new("--repeats") { Description = "Train each point with so many seeds" };
    private readonly Option<string?> _sampler = new("--sampler") { Description = $"How points are chosen: {Sampler.Kinds.Help}" };
    private readonly Option<int?> _trials = new("--trials") { Description = "Points to choose, for samplers other than grid" };
    private readonly Option<int?> _samplerSeed = new("--sampler-seed") { Description = "Seed of the choice; 1 unless told otherwise" };
    private readonly Option<string?> _pruner = new("--pruner")
    {
        Description = $"What ends trials early: {Pruner.Kinds.Help}; "
            + "parameters as in threshold:limit=0.5 or asha:factor=4,minEpochs=2"
    };
    private readonly Option<double?> _accuracy = new("--stop-accuracy")
    {
        Description = "Stop when a trial has reached this validation accuracy"
    };
    private readonly Option<int?> _stopTrials = new("--stop-trials") { Description = "Stop when so many trials have ended" };
    private readonly Option<long?> _stopEpochs = new("--stop-epochs") { Description = "Stop when so many epochs are spent" };
    private readonly Option<string?> _after = new("--stop-after") { Description = "Stop after a time: 90s, 30m, 2h" };
    private readonly Option<int?> _failures = new("--stop-failures") { Description = "Stop when so many trials have failed" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        _rates, _units, _epochs, _batch, _seed, _decay, _schedule, _activation, _repeats,
        _sampler, _trials, _samplerSeed, _pruner, _accuracy, _stopTrials, _stopEpochs, _after, _failures,
    ];

    /// <summary>Adds to a request what the options say. Single values and lists go where they always went.</summary>
    /// <exception cref="InputException">An option was given what it does not take.</exception>
    public SweepRequest Apply(SweepRequest request, ParseResult parsed)
    {
        var (rates, units) = (Range(parsed, _rates), Range(parsed, _units, integer: true));
        var (epochs, batch, seed) = (Range(parsed, _epochs, true), Range(parsed, _batch, true), Range(parsed, _seed, true));
        var space = new SpaceRequest
        {
            LearningRate = rates?.Kind == RangeKind.List ? null : rates,
            HiddenUnits = units?.Kind == RangeKind.List ? null : units,
            Epochs = Single(epochs) is null ? epochs : null,
            BatchSize = Single(batch) is null ? batch : null,
            Seed = Single(seed) is null ? seed : null,
            WeightDecay = Range(parsed, _decay),
            Schedule = Names<LearningRateSchedule>(parsed, _schedule, "schedule"),
            Activation = Names<Activation>(parsed, _activation, "activation"),
        };
        return request with
        {
            LearningRates = rates?.Kind == RangeKind.List ? rates.Values : null,
            HiddenUnits = units?.Kind == RangeKind.List ? [.. units.Values.Select(value => Whole(_units, value))] : null,
            Epochs = Single(epochs) is { } e ? Whole(_epochs, e) : null,
            BatchSize = Single(batch) is { } b ? Whole(_batch, b) : null,
            Seed = Single(seed) is { } s ? Whole(_seed, s) : null,
            Space = space.Ranges().Any() ? space : null,
            Repeats = parsed.GetValue(_repeats),
            Sampler = SamplerOf(parsed),
            Pruner = parsed.GetValue(_pruner) is { } pruner ? PolicyText.Parse(pruner, Pruner.Kinds, _pruner.Name) : null,
            Stop = Stop(parsed),
        };
    }

    private static Option<string[]> Values(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static ParameterRange? Range(ParseResult parsed, Option<string[]> option, bool integer = false) =>
        parsed.GetValue(option) is { Length: > 0 } tokens ? RangeText.Parse(option.Name, tokens, integer) : null;

    private static double? Single(ParameterRange? range) => range is { Kind: RangeKind.List, Values: [var only] } ? only : null;

    private static int Whole(Option option, double value) => value == Math.Floor(value) && value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new InputException($"{value} is no whole number", "give one of at most ten digits", option.Name);

    private static T[]? Names<T>(ParseResult parsed, Option<string[]> option, string what)
        where T : struct, Enum =>
        parsed.GetValue(option) is { Length: > 0 } tokens
            ? [.. tokens.SelectMany(token => token.Split(',')).Select(name => NamedValue.Parse<T>(name, what, option.Name))]
            : null;

    private Sampler? SamplerOf(ParseResult parsed)
    {
        var (name, trials, seed) = (parsed.GetValue(_sampler), parsed.GetValue(_trials), parsed.GetValue(_samplerSeed));
        if (name is null && trials is null && seed is null) return null;
        var sampler = name is null ? Sampler.Kinds.Default : PolicyText.Parse(name, Sampler.Kinds, _sampler.Name);
        return sampler with { Trials = trials ?? sampler.Trials, Seed = seed ?? sampler.Seed };
    }

    private StopRequest? Stop(ParseResult parsed)
    {
        var stop = new StopRequest
        {
            Accuracy = parsed.GetValue(_accuracy),
            Trials = parsed.GetValue(_stopTrials),
            Epochs = parsed.GetValue(_stopEpochs),
            Seconds = parsed.GetValue(_after) is { } text ? Seconds(text) : null,
            Failures = parsed.GetValue(_failures),
        };
        return stop == new StopRequest() ? null : stop;
    }

    private double Seconds(string text)
    {
        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return unit > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : throw new InputException($"'{text}' is no time", "give seconds, minutes or hours, such as 90s, 30m or 2h", _after.Name);
    }
}
