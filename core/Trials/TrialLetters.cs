namespace MusicPipeline.Trials;

/// <summary>One letter for each state of a trial, as a status gives them for all trials of a sweep.</summary>
public static class TrialLetters
{
    private const string Letters = "wrcdfxpe";

    /// <summary>Number of trials up to the last one that does not wait.</summary>
    public static int Begun(ReadOnlySpan<char> letters) => letters.LastIndexOfAnyExcept(Of(TrialState.Waiting)) + 1;

    /// <summary>The letter of a state.</summary>
    public static char Of(TrialState state) => Letters[(int)state];

    /// <summary>The state of a letter, in lower or upper case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The letter stands for no state.</exception>
    public static TrialState StateOf(char letter) => Letters.IndexOf(char.ToLowerInvariant(letter)) is >= 0 and var index
        ? (TrialState)index
        : throw new ArgumentOutOfRangeException(nameof(letter), letter, "No trial state has this letter.");
}
