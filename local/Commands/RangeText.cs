using System.Globalization;
using System.Text.RegularExpressions;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Search.Spaces;

namespace MusicPipeline.Local.Commands;

/// <summary>
/// Values of a hyper-parameter as the command line says them: <c>0.01 0.001</c> or <c>0.01,0.001</c>, <c>64..256:64</c>
/// (in steps), <c>2^2..2^10</c> (powers of two), <c>0..0.1</c> (any between) or <c>log:1e-4..0.1</c> (its logarithm uniform).
/// </summary>
internal static partial class RangeText
{
    public const string Forms =
        "values (64 256), steps (64..256:64), powers of two (2^2..2^10), or a range (8..64, log:1e-4..0.1) for samplers other than grid";

    /// <summary>Reads what an option was given.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="tokens">What it was given, one or more.</param>
    /// <param name="integer">Whether the hyper-parameter takes whole numbers.</param>
    /// <exception cref="InputException">It is none of the forms.</exception>
    public static ParameterRange Parse(string option, IReadOnlyList<string> tokens, bool integer)
    {
        string[] parts =
        [
            .. tokens.SelectMany(token => token.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        if (parts.Length != 1 || !parts[0].Contains("..", StringComparison.Ordinal))
            return ParameterRange.Of([.. parts.Select(part => Number(option, part))]);

        var match = Range().Match(parts[0]);
        if (!match.Success) throw NoForm(option, parts[0]);
        var (log, from, to, step) = (
            match.Groups["log"].Success, match.Groups["from"].Value, match.Groups["to"].Value, match.Groups["step"]);
        var (low, high) = (Number(option, from), Number(option, to));
        var powers = from.StartsWith("2^", StringComparison.Ordinal) && to.StartsWith("2^", StringComparison.Ordinal);
        if ((log || powers) && step.Success) throw NoForm(option, parts[0]);
        if (step.Success) return ParameterRange.InSteps(low, high, Number(option, step.Value));
        return ParameterRange.Between(
            (powers && !log, log, integer) switch
            {
                (true, _, _) => RangeKind.PowersOfTwo,
                (_, true, true) => RangeKind.LogInteger,
                (_, true, false) => RangeKind.LogUniform,
                (_, false, true) => RangeKind.Integer,
                _ => RangeKind.Uniform,
            },
            low,
            high);
    }

    private static double Number(string option, string text)
    {
        var power = text.StartsWith("2^", StringComparison.Ordinal);
        if (!double.TryParse(power ? text[2..] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(power ? number = Math.Pow(2, number) : number))
        {
            throw NoForm(option, text);
        }

        return number;
    }

    private static InputException NoForm(string option, string text) =>
        new($"'{text}' is no number and no range", $"give {Forms}", option);

    [GeneratedRegex(@"^(?<log>log:)?(?<from>[^:]+?)\.\.(?<to>[^:]+)(:(?<step>[^:]+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}
