using System.Globalization;
using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps;

/// <summary>
/// Which rows a trial is validated on: the test set, as the lab does, or a stratified share of the training set.
/// Its text is <c>test</c> or the share, such as <c>0.2</c>.
/// </summary>
[JsonConverter(typeof(ValidationRuleJsonConverter))]
public sealed record ValidationRule
{
    private ValidationRule(double? share) => Share = share;

    /// <summary>Validate, and so select, on the test set.</summary>
    public static ValidationRule TestSet { get; } = new((double?)null);

    /// <summary>Share of the training rows held out, above 0 and below 1; null for the test set.</summary>
    public double? Share { get; }

    /// <summary>Hold out a share of every class of the training set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static ValidationRule HoldOut(double share) => share is > 0 and < 1
        ? new ValidationRule(share)
        : throw new ArgumentOutOfRangeException(nameof(share), share, "The held-out share must be above 0 and below 1.");

    /// <summary>Reads <c>test</c> or a share; false for anything else.</summary>
    public static bool TryParse(string? text, out ValidationRule rule)
    {
        rule = TestSet;
        if (string.Equals(text, "test", StringComparison.OrdinalIgnoreCase)) return true;
        // No thousands separators: in "0,2" somebody meant a decimal comma.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)) return false;
        if (share is not (> 0 and < 1)) return false;
        rule = new ValidationRule(share);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Share is { } share ? share.ToString("R") : "test";
}
