using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Commands;

/// <summary>The options of <c>music sweep</c> that say what is searched, how, and until when.</summary>
internal sealed class SearchOptions
{
    private readonly SpaceOptions _space = new();
    private readonly Option<string?> _objective = new("--objective")
    {
        Description = "What trials are compared by, of the validation rows: "
            + string.Join(", ", Enum.GetNames<Objective>().Select(JsonNamingPolicy.CamelCase.ConvertName))
            + "; accuracy unless told otherwise",
    };
    private readonly Option<bool> _restoreBest = new("--restore-best") { Description = "Keep the weights of each trial's best epoch" };
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
    private readonly Option<double?> _at = new("--stop-at") { Description = "Stop when a trial has reached this figure of the objective" };
    private readonly Option<int?> _stopTrials = new("--stop-trials") { Description = "Stop when so many trials have ended" };
    private readonly Option<long?> _stopEpochs = new("--stop-epochs") { Description = "Stop when so many epochs are spent" };
    private readonly Option<string?> _after = new("--stop-after") { Description = "Stop after a time: 90s, 30m, 2h" };
    private readonly Option<int?> _failures = new("--stop-failures") { Description = "Stop when so many trials have failed" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
    [
        .. _space.All, _objective, _restoreBest, _repeats, _sampler, _trials, _samplerSeed, _pruner,
        _accuracy, _at, _stopTrials, _stopEpochs, _after, _failures,
    ];

    /// <summary>Adds to a request what the options say.</summary>
    /// <exception cref="InputException">An option was given what it does not take.</exception>
    public SweepRequest Apply(SweepRequest request, ParseResult parsed)
    {
        return _space.Apply(request, parsed) with
        {
            Objective = parsed.GetValue(_objective) is { } objective
                ? Enum.Parse<Objective>(NamedValue.Find(Enum.GetNames<Objective>(), objective, "objective", _objective.Name))
                : null,
            RestoreBest = parsed.GetValue(_restoreBest) ? true : null,
            Repeats = parsed.GetValue(_repeats),
            Sampler = SamplerOf(parsed),
            Pruner = parsed.GetValue(_pruner) is { } pruner ? PolicyText.Parse(pruner, Pruner.Kinds, _pruner.Name) : null,
            Stop = Stop(parsed),
        };
    }

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
            At = parsed.GetValue(_at),
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
