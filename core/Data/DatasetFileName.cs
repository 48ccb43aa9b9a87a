using System.Globalization;
using System.Text;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>
/// A file of a data set: <c>&lt;dataset&gt;_{train,test}_{data,labels}.npy</c>. The name of a data set has 1 to 100
/// characters: letters, digits, '-', '_', '.', spaces inside, and any visible character beyond ASCII.
/// </summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Role">Which of the four arrays it is.</param>
public sealed record DatasetFileName(string Dataset, DatasetRole Role)
{
    private const int MaxLength = 100;

    /// <summary>The four roles, in the order in which versions hash their files.</summary>
    public static IReadOnlyList<DatasetRole> Roles { get; } = Enum.GetValues<DatasetRole>();

    /// <summary>The file's name.</summary>
    public override string ToString() => Dataset + Suffix(Role);

    /// <summary>The names of the four files that make a data set.</summary>
    public static string[] Expected(string dataset) => [.. Roles.Select(role => new DatasetFileName(dataset, role).ToString())];

    /// <summary>Reads a file name, without any folder.</summary>
    /// <exception cref="InputException">The name is not that of a data set's file.</exception>
    public static DatasetFileName Parse(string fileName)
    {
        foreach (var role in Roles)
        {
            if (!fileName.EndsWith(Suffix(role), StringComparison.Ordinal)) continue;
            var dataset = fileName[..^Suffix(role).Length];
            return Fault(dataset) is { } fault
                ? throw new InputException(
                    $"the data set's name {fault}",
                    "name the files " + Names("<dataset>") + ", where <dataset> is of letters, digits, '-', '_', '.' and spaces",
                    fileName)
                : new DatasetFileName(dataset, role);
        }

        throw new InputException("the name is not that of a data set's file", "name the four arrays " + Names("<dataset>"), fileName);
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <returns>The parts, or null where the name is not that of a data set's file.</returns>
    public static DatasetFileName? TryParse(string fileName)
    {
        try
        {
            return Parse(fileName);
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>Says what is wrong with the name of a data set; null where nothing is.</summary>
    public static string? Fault(string dataset)
    {
        if (dataset.Length == 0) return "is empty";
        if (dataset.Length > MaxLength) return $"has {dataset.Length} characters, more than {MaxLength}";
        if (dataset[0] == ' ' || dataset[^1] == ' ') return "begins or ends with a space";
        if (!dataset.EnumerateRunes().Any(rune => Rune.IsLetterOrDigit(rune) || !rune.IsAscii)) return "has no letter or digit";
        foreach (var rune in dataset.EnumerateRunes())
        {
            if (!IsAllowed(rune)) return $"has the character {Show(rune)}";
        }

        return null;
    }

    private static bool IsAllowed(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.' or ' '
        : rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Show(Rune rune) =>
        rune.IsAscii && !Rune.IsControl(rune) ? $"'{rune}'" : $"U+{rune.Value:X4}";

    private static string Names(string dataset) => string.Join(", ", Expected(dataset));

    private static string Suffix(DatasetRole role) => role switch
    {
        DatasetRole.TrainData => "_train_data.npy",
        DatasetRole.TrainLabels => "_train_labels.npy",
        DatasetRole.TestData => "_test_data.npy",
        _ => "_test_labels.npy",
    };
}
