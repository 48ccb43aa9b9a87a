using System.Globalization;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>The longest file that is taken over HTTP; what is uploaded to the storage account itself has no limit.</summary>
/// <param name="Megabytes">In millions of bytes, 1 or more.</param>
public sealed record UploadLimit(int Megabytes)
{
    /// <summary>The setting, a number of megabytes.</summary>
    public const string Setting = "MUSIC_UPLOAD_MB";

    private const int Most = 100_000;

    /// <summary>The limit in bytes.</summary>
    public long Bytes => Megabytes * 1_000_000L;

    /// <summary>Reads the setting.</summary>
    /// <param name="text">What it says; null or empty where it is not given.</param>
    /// <param name="otherwise">The limit of the host where it is not given.</param>
    /// <exception cref="InputException">It is no number of megabytes.</exception>
    public static UploadLimit Parse(string? text, int otherwise) => text switch
    {
        null or "" => new UploadLimit(otherwise),
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes is > 0 and <= Most =>
            new UploadLimit(megabytes),
        _ => throw new InputException(
            $"'{text}' is no number of megabytes", $"give 1 to {Most}, or leave it out for {otherwise}", Setting),
    };

    /// <summary>The error of a file that is longer.</summary>
    /// <param name="upload">Where it was to go.</param>
    public InputException Exceeded(BlobPath upload) => new(
        $"the file is longer than {Megabytes} MB, the most that this host takes over HTTP",
        $"upload it to storage itself: az storage blob upload --container-name {upload.Container} --name '{upload.Name}' --file FILE",
        kind: InputErrorKind.TooLarge);
}
