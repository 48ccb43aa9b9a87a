using System.Globalization;
using System.Text.Json;

namespace MusicPipeline.Training;

/// <summary>
/// An entry of the table of hyper-parameters. Spaces, samplers, requests, ids, tables, reports, metadata and the command line
/// go over <see cref="All"/>; nothing but the kernels has to know one from another. Values are numbers here: those of a choice
/// are positions in <see cref="Names"/>.
/// </summary>
public sealed partial class HyperParameter
{
    private readonly Func<HyperParameters, double> _get;
    private readonly Func<HyperParameters, double, HyperParameters> _set;

    private HyperParameter(
        string property, Func<HyperParameters, double> get, Func<HyperParameters, double, HyperParameters> set)
    {
        (Name, _get, _set) = (JsonNamingPolicy.CamelCase.ConvertName(property), get, set);
        Words = JsonNamingPolicy.SnakeCaseLower.ConvertName(property).Replace('_', ' ');
    }

    /// <summary>Its name in JSON: <c>learningRate</c>.</summary>
    public string Name { get; }

    /// <summary>Its name in a sentence: <c>learning rate</c>.</summary>
    public string Words { get; }

    /// <summary>What its values are, for help texts: <c>Learning rates</c>.</summary>
    public required string Help { get; init; }

    /// <summary>The least value that may be asked for; <see cref="double.Epsilon"/> where it must be above 0.</summary>
    public double Lowest { get; private init; }

    /// <summary>The greatest value that may be asked for.</summary>
    public double Highest
    {
        get => IsChoice ? Names.Count - 1 : field;
        private init;
    }

    /// <summary>The names of a choice, in the order of its values; empty for numbers.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>Its values are names without an order.</summary>
    public bool IsChoice => Names.Count > 0;

    /// <summary>Whether values are whole numbers; positions of names are.</summary>
    public bool IsInteger
    {
        get => field || IsChoice;
        private init;
    }

    /// <summary>Its values differ by factors rather than by steps.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether near values say nothing of each other.</summary>
    public bool IsCategorical => IsChoice || this == Seed;

    /// <summary>Whether it came later, so that ids, metadata and sentences that are older than it say nothing of it.</summary>
    public bool IsOption { get; private init; }

    /// <summary>Whether a space may vary it.</summary>
    public bool IsSearched { get; private init; } = true;

    /// <summary>Whether tables for programs have its column where all trials are at the default, too.</summary>
    public bool IsAlwaysAColumn { get; private init; } = true;

    /// <summary>What counts where nothing is said of it.</summary>
    public double Default => Get(Defaults);

    // Value and name in a sentence: {0} is the value, and (s) is an s unless that is 1.
    private string Form
    {
        get => field ?? (IsChoice ? $"{{0}} {Words}" : $"{Words} {{0}}");
        init;
    }

    // The same where a line has to do.
    private string BriefForm
    {
        get => field ?? Form;
        init;
    }

    /// <summary>Its value.</summary>
    public double Get(HyperParameters parameters) => _get(parameters);

    /// <summary>A copy with another value.</summary>
    public HyperParameters Set(HyperParameters parameters, double value) => _set(parameters, value);

    /// <summary>Whether a trial has another value than the default.</summary>
    public bool IsSet(HyperParameters parameters) => Get(parameters) != Default;

    /// <summary>Whether ids, metadata and sentences about a trial name it: an option is named where it is used.</summary>
    public bool IsNamedIn(HyperParameters parameters) => !IsOption || IsSet(parameters);

    /// <summary>A trial's value with all of its digits, or its name.</summary>
    public string TextOf(HyperParameters parameters) => Text(Get(parameters));

    /// <summary>A value with all of its digits, or its name.</summary>
    public string Text(double value) => IsChoice ? Names[(int)value] : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether a value may be asked for.</summary>
    public bool Takes(double value) => value >= Lowest && value <= Highest && (!IsInteger || value == Math.Floor(value));

    /// <summary>What may be asked for, in words: <c>whole numbers from 1 to 16384</c>, <c>one of sigmoid, tanh, relu</c>.</summary>
    public string Bounds => IsChoice
        ? $"one of {string.Join(", ", Names)}"
        : $"{(IsInteger ? "whole numbers" : "numbers")} {(Lowest == double.Epsilon ? "above 0" : $"from {Lowest}")} to {Highest}";

    /// <summary>Reads what <see cref="Text"/> writes; names in any case.</summary>
    public bool TryParse(string? text, out double value)
    {
        if (IsChoice)
        {
            var position = Names.TakeWhile(name => !string.Equals(name, text, StringComparison.OrdinalIgnoreCase)).Count();
            value = position;
            return position < Names.Count;
        }

        if (!IsInteger) return double.TryParse(text, CultureInfo.InvariantCulture, out value);
        var isWhole = int.TryParse(text, CultureInfo.InvariantCulture, out var whole);
        value = whole;
        return isWhole;
    }

    /// <summary>A trial's value and name in a sentence: <c>256 hidden units</c>, <c>no weight decay</c>.</summary>
    /// <param name="parameters">The trial.</param>
    /// <param name="text">The value as the text around it writes numbers.</param>
    /// <param name="brief">In few words: <c>256 units</c>.</param>
    public string Phrase(HyperParameters parameters, string text, bool brief = false)
    {
        var value = Get(parameters);
        if (IsOption && (IsChoice ? Names[(int)value] == None : value == 0)) return $"no {Words}";
        return string.Format(CultureInfo.InvariantCulture, brief ? BriefForm : Form, text)
            .Replace("(s)", value == 1 ? "" : "s", StringComparison.Ordinal);
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
