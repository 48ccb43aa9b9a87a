namespace MusicPipeline.Sweeps;

/// <summary>The letters of <see cref="SweepStatus.Trials"/>.</summary>
public static class TrialLetters
{
    private const string Letters = "wrcdfx";

    /// <summary>The letter of a state.</summary>
    public static char Of(TrialState state) => Letters[(int)state];

    /// <summary>The state of a letter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The letter stands for no state.</exception>
    public static TrialState StateOf(char letter) => Letters.IndexOf(letter) is >= 0 and var index
        ? (TrialState)index
        : throw new ArgumentOutOfRangeException(nameof(letter), letter, "No trial state has this letter.");
}
