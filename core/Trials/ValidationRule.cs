using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicPipeline.Trials;

/// <summary>
/// Which rows a trial is validated on: the test set, as the lab does, a stratified share of the training set, or each of
/// several stratified folds of it in turn. Its text is <c>test</c>, the share, such as <c>0.2</c>, or <c>5-fold</c>; that of
/// a single fold is <c>5-fold/1</c> to <c>5-fold/5</c>.
/// </summary>
[JsonConverter(typeof(ValidationRuleJsonConverter))]
public sealed record ValidationRule
{
    /// <summary>Most folds that there can be.</summary>
    public const int MaxFolds = 20;

    private const string FoldText = "-fold";

    private ValidationRule(double? share) => Share = share;

    /// <summary>Validate, and so select, on the test set.</summary>
    public static ValidationRule TestSet { get; } = new((double?)null);

    /// <summary>Share of the training rows held out, above 0 and below 1; null for the test set.</summary>
    public double? Share { get; }

    /// <summary>Number of folds, 2 to 20; null where there are none.</summary>
    public int? Folds { get; private init; }

    /// <summary>The fold that one trial is validated on, from 1 on; null for the rule of a whole sweep.</summary>
    public int? Fold { get; private init; }

    /// <summary>Hold out a share of every class of the training set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static ValidationRule HoldOut(double share) => share is > 0 and < 1
        ? new ValidationRule(share)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "The held-out share must be above 0 and below 1.");

    /// <summary>Hold out each of so many folds in turn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not 2 to 20 folds.</exception>
    public static ValidationRule InFolds(int folds) => folds is >= 2 and <= MaxFolds
        ? new ValidationRule(1.0 / folds) { Folds = folds }
        : throw new ArgumentOutOfRangeException(nameof(folds), folds, $"There must be 2 to {MaxFolds} folds.");

    /// <summary>The rules of the trials that a point has under this one: one for each fold, or this one alone.</summary>
    public IReadOnlyList<ValidationRule> OfTrials() => Folds is { } folds && Fold is null
        ? [.. Enumerable.Range(1, folds).Select(fold => this with { Fold = fold })]
        : [this];

    /// <summary>Reads <c>test</c>, a share or folds; false for anything else.</summary>
    public static bool TryParse(string? text, out ValidationRule rule)
    {
        rule = TestSet;
        if (string.Equals(text, "test", StringComparison.OrdinalIgnoreCase)) return true;
        if (text?.IndexOf(FoldText, StringComparison.Ordinal) is > 0 and var end)
            return TryParseFolds(text[..end], text[(end + FoldText.Length)..], ref rule);
        // No thousands separators: in "0,2" somebody meant a decimal comma.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)) return false;
        if (share is not (> 0 and < 1)) return false;
        rule = new ValidationRule(share);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => (Folds, Fold) switch
    {
        ({ } folds, { } fold) => $"{folds}{FoldText}/{fold}",
        ({ } folds, null) => $"{folds}{FoldText}",
        _ => Share is { } share ? share.ToString("R") : "test",
    };

    private static bool TryParseFolds(string count, string rest, ref ValidationRule rule)
    {
        if (!TryParseCount(count, 2, MaxFolds, out var folds)) return false;
        var all = InFolds(folds);
        if (rest.Length == 0)
        {
            rule = all;
            return true;
        }

        if (rest[0] != '/' || !TryParseCount(rest[1..], 1, folds, out var fold)) return false;
        rule = all with { Fold = fold };
        return true;
    }

    private static bool TryParseCount(string text, int lowest, int highest, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= lowest && count <= highest;
}

/// <summary>Reads <c>"test"</c>, <c>0.2</c>, <c>"0.2"</c> or <c>"5-fold"</c>; writes <c>"test"</c>, the number or the folds.</summary>
internal sealed class ValidationRuleJsonConverter : JsonConverter<ValidationRule>
{
    public override ValidationRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDouble().ToString("R"),
            _ => null,
        };
        return ValidationRule.TryParse(text, out var rule)
            ? rule
            : throw new JsonException(
                "validation must be \"test\", a share above 0 and below 1, such as 0.2, or 2 to 20 folds, such as \"5-fold\"");
    }

    public override void Write(Utf8JsonWriter writer, ValidationRule value, JsonSerializerOptions options)
    {
        if (value is { Share: { } share, Folds: null }) writer.WriteNumberValue(share);
        else writer.WriteStringValue(value.ToString());
    }
}
