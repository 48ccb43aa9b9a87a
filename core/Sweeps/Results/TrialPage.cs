using MusicPipeline.Errors;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Which trials of a sweep are shown, in the order of the plan.</summary>
/// <param name="Skip">Trials left out at the start.</param>
/// <param name="Take">Trials shown at most.</param>
/// <param name="State">The state that they are in; null for any.</param>
public sealed record TrialPage(int Skip, int Take, TrialState? State = null)
{
    private const int DefaultTake = 200;
    private const int MostTake = 10_000;

    /// <summary>All trials.</summary>
    public static TrialPage All { get; } = new(0, int.MaxValue);

    /// <summary>Reads the query of <c>GET /api/sweeps/{id}</c>; without one the first 200 trials are shown.</summary>
    /// <exception cref="InputException">A value cannot be read or is out of its range.</exception>
    public static TrialPage Parse(string? skip, string? take, string? state) => new(
        Number(skip, "skip", 0, 0, int.MaxValue),
        Number(take, "take", DefaultTake, 0, MostTake),
        string.IsNullOrEmpty(state) ? null
            : Enum.TryParse<TrialState>(state, ignoreCase: true, out var known) && char.IsAsciiLetter(state[0]) ? known
            : throw new InputException(
                $"'{state}' is no state of a trial",
                $"give one of {string.Join(", ", Enum.GetNames<TrialState>().Select(name => name.ToLowerInvariant()))}",
                "state"));

    private static int Number(string? text, string name, int absent, int least, int most) =>
        string.IsNullOrEmpty(text) ? absent
        : int.TryParse(text, out var number) && number >= least && number <= most ? number
        : throw new InputException($"'{text}' is out of range", $"give a number from {least} to {most}", name);
}
