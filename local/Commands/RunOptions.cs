using System.CommandLine;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Local.Commands;

/// <summary>The options of <c>music sweep</c> that say what it trains on, how many trials at once, and before which other sweeps.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _device = DeviceOption.Create();
    private readonly Option<int?> _parallel = new("--max-parallel") { Description = "Trials at once; one a core unless told otherwise" };
    private readonly Option<int?> _priority = new("--priority")
    {
        Description = "Of sweeps that share a host those of a higher priority, -10 to 10, come first",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_device, _parallel, _priority];

    /// <summary>A request with what the options say in the place of what it had.</summary>
    /// <exception cref="InputException">An option was given what it does not take.</exception>
    public SweepRequest Apply(SweepRequest request, ParseResult parsed) => request with
    {
        Device = DeviceOption.Read(parsed, _device)?.Default ?? request.Device,
        MaxParallel = parsed.GetValue(_parallel) ?? request.MaxParallel,
        Priority = parsed.GetValue(_priority) ?? request.Priority,
    };
}
