using System.CommandLine;
using MusicPipeline.Errors;
using MusicPipeline.Hosting;

namespace MusicPipeline.Local.Cli;

/// <summary><c>--device</c>: what to train on.</summary>
internal static class DeviceOption
{
    public static Option<string?> Create() => new("--device")
    {
        Description = "Train on auto (the GPU where there is one that works), cpu or cuda; MUSIC_DEVICE where this is left out",
    };

    /// <summary>The choice; null where the option was left out.</summary>
    /// <exception cref="InputException">The option names no device.</exception>
    public static DeviceSetting? Read(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? DeviceSetting.Parse(text, "--device") : null;
}
