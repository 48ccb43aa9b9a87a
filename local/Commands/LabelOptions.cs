using System.CommandLine;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Local.Commands;

/// <summary>The options of <c>music sweep</c> that say what people call it.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string?> _name = new("--name") { Description = "What to call the sweep; no part of what it is" };
    private readonly Option<string?> _notes = new("--notes") { Description = "What to remember of it" };
    private readonly Option<string[]> _tags = new("--tags")
    {
        Description = "Words to find it by, see 'sweep list'",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_name, _notes, _tags];

    /// <summary>A request with what the options say in the place of what it had.</summary>
    public SweepRequest Apply(SweepRequest request, ParseResult parsed) => request with
    {
        Name = parsed.GetValue(_name) ?? request.Name,
        Notes = parsed.GetValue(_notes) ?? request.Notes,
        Tags = parsed.GetValue(_tags) is { Length: > 0 } tags
            ? [.. tags.SelectMany(tag => tag.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
            : request.Tags,
    };
}
