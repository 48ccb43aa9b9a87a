using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Which sweeps a list shows.</summary>
/// <param name="Tags">Tags that a sweep has, all of them; none for any sweep.</param>
/// <param name="State">Where it stands; null for anywhere.</param>
public sealed record SweepFilter(IReadOnlyList<string> Tags, SweepState? State = null)
{
    /// <summary>Every sweep.</summary>
    public static SweepFilter None { get; } = new([]);

    /// <summary>Reads the query of <c>GET /api/sweeps</c> and the options of <c>music sweep list</c>.</summary>
    /// <exception cref="InputException">There is no such state.</exception>
    public static SweepFilter Parse(IEnumerable<string?> tags, string? state) => new(
        [.. tags.OfType<string>().Where(tag => tag.Length > 0)],
        string.IsNullOrEmpty(state) ? null
            : Enum.TryParse<SweepState>(state, ignoreCase: true, out var known) && char.IsAsciiLetter(state[0]) ? known
            : throw new InputException(
                $"'{state}' is no state of a sweep",
                $"give one of {string.Join(", ", Enum.GetNames<SweepState>().Select(name => name.ToLowerInvariant()))}",
                "state"));

    /// <summary>Whether a sweep is shown.</summary>
    internal bool Shows(SweepDocument sweep) =>
        (State is null || State == sweep.State) && Tags.All(tag => sweep.Request.Tags?.Contains(tag, StringComparer.Ordinal) == true);
}
