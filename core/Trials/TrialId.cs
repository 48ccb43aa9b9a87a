using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// Names a trial by its content: a hash of the data set's version, every hyper-parameter, the validation rule, the
/// seed and the trainer's version. Retrying, resuming and sharing trials between sweeps all rest on it.
/// </summary>
public static class TrialId
{
    /// <summary>
    /// Version of the trainer's arithmetic. Raise it when the same trial would end in other numbers:
    /// results on record then stay what they are and new ones get new names.
    /// </summary>
    public const string TrainerVersion = "1";

    private const int MaxLength = 64;

    /// <summary>
    /// Whether a text from outside can be the id of a trial or a sweep at all; storage is not asked for what cannot be.
    /// </summary>
    public static bool CanBeId(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>The id of a trial: 20 lower-case hexadecimal digits.</summary>
    public static string Of(string datasetVersion, HyperParameters parameters, ValidationRule validation)
    {
        string[] lines =
        [
            "trainer=" + TrainerVersion,
            "dataset=" + datasetVersion,
            .. HyperParameter.All.Where(parameter => !parameter.IsOption).Select(Line),
            "validation=" + validation,
            // Options that came later are part of the name only where they are used, so that results on record keep theirs.
            .. HyperParameter.All.Where(parameter => parameter.IsOption && parameter.IsSet(parameters)).Select(Line),
        ];
        return Of(string.Join('\n', lines));

        string Line(HyperParameter parameter) => $"{parameter.Name}={Text(parameter, parameters)}";
    }

    // Names are written as they are declared.
    private static string Text(HyperParameter parameter, HyperParameters parameters)
    {
        var text = parameter.TextOf(parameters);
        return parameter.IsChoice ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>The id of any content.</summary>
    internal static string Of(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..20];
}
