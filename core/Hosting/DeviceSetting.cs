using MusicPipeline.Errors;
using MusicPipeline.Training;

namespace MusicPipeline.Hosting;

/// <summary>What a worker trains on where a sweep does not say.</summary>
/// <param name="Default">The choice.</param>
public sealed record DeviceSetting(DeviceChoice Default)
{
    private const string Name = "MUSIC_DEVICE";

    /// <summary>Reads <c>auto</c>, <c>cpu</c> or <c>cuda</c>; nothing at all is <c>auto</c>.</summary>
    /// <param name="text">The choice as it was written.</param>
    /// <param name="subject">What said so: the setting <c>MUSIC_DEVICE</c>, which every host reads, or an option.</param>
    /// <exception cref="InputException">The text is none of the choices.</exception>
    public static DeviceSetting Parse(string? text, string subject = Name) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" or "auto" => new DeviceSetting(DeviceChoice.Auto),
        "cpu" => new DeviceSetting(DeviceChoice.Cpu),
        "cuda" => new DeviceSetting(DeviceChoice.Cuda),
        _ => throw new InputException($"'{text}' is no device", "give auto, cpu or cuda", subject),
    };
}
