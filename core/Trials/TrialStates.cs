using System.Text.Json;
using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>Where a trial of a sweep stands.</summary>
public enum TrialState
{
    /// <summary>Not started yet.</summary>
    Waiting,

    /// <summary>A worker trains it.</summary>
    Running,

    /// <summary>Every epoch ran.</summary>
    Completed,

    /// <summary>Its loss became NaN or infinite; that is a result, and final.</summary>
    Diverged,

    /// <summary>It could not be trained; the reason is on record, and a new start of the sweep tries it again.</summary>
    Failed,

    /// <summary>The sweep was cancelled before the trial ended.</summary>
    Cancelled,

    /// <summary>It was ended early because others did better; its history stays, and it can be promoted later.</summary>
    Pruned,

    /// <summary>It was broken off, at a pruner's check, by a pause or by a fault that passes, and goes on when it is its turn.</summary>
    Preempted,
}

/// <summary>What states of trials have in common, and one letter for each, as a status gives them for all trials of a sweep.</summary>
public static class TrialStates
{
    /// <summary>The letters of the states, in the order of <see cref="TrialState"/>.</summary>
    public const string Letters = "wrcdfxpe";

    /// <summary>Whether the trial waits for its first turn or runs: it has not come back from a worker yet.</summary>
    public static bool IsActive(this TrialState state) => state is TrialState.Waiting or TrialState.Running;

    /// <summary>Whether the trial does not go on by itself.</summary>
    public static bool IsEnded(this TrialState state) => state != TrialState.Running && !state.IsWaiting();

    /// <summary>Whether the trial waits for a worker, as one does that was broken off.</summary>
    public static bool IsWaiting(this TrialState state) => state is TrialState.Waiting or TrialState.Preempted;

    /// <summary>Whether the trial has a final result: it completed or diverged.</summary>
    public static bool HasResult(this TrialState state) => state is TrialState.Completed or TrialState.Diverged;

    /// <summary>Whether the trial has a score to compare it by: it completed, or was ended early.</summary>
    public static bool HasScore(this TrialState state) => state is TrialState.Completed or TrialState.Pruned;

    /// <summary>Whether a pause, a cancellation or a fault that passes broke the trial off.</summary>
    public static bool IsBrokenOff(this TrialState state) => state is TrialState.Preempted or TrialState.Cancelled;

    /// <summary>Whether the trial ended without any result: it failed or was cancelled.</summary>
    public static bool HasFailed(this TrialState state) => state is TrialState.Failed or TrialState.Cancelled;

    /// <summary>The state of a trial whose training ended so.</summary>
    public static TrialState Of(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Completed => TrialState.Completed,
        TrainingOutcome.Stopped => TrialState.Pruned,
        _ => TrialState.Diverged,
    };

    /// <summary>The letter of a state; in upper case where the result was on record before.</summary>
    public static char LetterOf(TrialState state, bool isReused = false) =>
        isReused ? char.ToUpperInvariant(Letters[(int)state]) : Letters[(int)state];

    /// <summary>The state of a letter, in lower or upper case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The letter stands for no state.</exception>
    public static TrialState StateOf(char letter) => Letters.IndexOf(char.ToLowerInvariant(letter)) is >= 0 and var index
        ? (TrialState)index
        : throw new ArgumentOutOfRangeException(nameof(letter), letter, "No trial state has this letter.");

    /// <summary>Whether a letter says that the result was on record before.</summary>
    public static bool IsReused(char letter) => char.IsAsciiLetterUpper(letter);

    /// <summary>The letters without what was on record before.</summary>
    public static string Plain(ReadOnlySpan<char> letters) =>
        string.Create(letters.Length, letters, (plain, all) => all.ToLowerInvariant(plain));

    /// <summary>Number of trials up to the last one that does not wait.</summary>
    public static int Begun(ReadOnlySpan<char> letters) => letters.LastIndexOfAnyExcept(LetterOf(TrialState.Waiting)) + 1;

    /// <summary>Positions of the trials whose state is one that is asked for.</summary>
    public static IEnumerable<int> Where(string letters, Func<TrialState, bool> isWanted) =>
        Enumerable.Range(0, letters.Length).Where(index => isWanted(StateOf(letters[index])));
}

/// <summary>
/// Writes one letter a trial as it is, up to some thousand, and beyond three trials to two characters: Durable Functions
/// counts a status in UTF-16, where 10,000 letters are 20 KB of the 16 KB that it allows.
/// </summary>
public sealed class TrialStatesJsonConverter : JsonConverter<string>
{
    private const int LongestPlain = 2000;
    private const int Group = 3;

    // The first character says how many of the last group's letters are none; no state has one of these.
    private const string Padding = "345";

    // Upper case stands for a result that was on record before. 16 letters to the power of 3 are 64 characters to the power of 2.
    private const int Base = 16;
    private const string Letters = TrialStates.Letters + "CDP";
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (text is not [var first, ..] || Padding.IndexOf(first) is not (>= 0 and var padding)) return Known(text ?? "");
        if (text.Length % 2 == 0) throw new JsonException("A group of letters is cut off.");
        var letters = new char[(text.Length - 1) / 2 * Group];
        for (var group = 0; group < letters.Length / Group; group++)
        {
            var number = (Number(text[1 + (2 * group)]) * Characters.Length) + Number(text[2 + (2 * group)]);
            for (var place = Group - 1; place >= 0; place--, number /= Base)
            {
                var letter = number % Base;
                letters[(Group * group) + place] = letter < Letters.Length
                    ? Letters[letter]
                    : throw new JsonException("A group of letters stands for no trials.");
            }
        }

        return new string(letters, 0, Math.Max(0, letters.Length - padding));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        Known(value);
        if (value.Length <= LongestPlain)
        {
            writer.WriteStringValue(value);
            return;
        }

        var groups = (value.Length + Group - 1) / Group;
        var packed = new char[1 + (2 * groups)];
        packed[0] = Padding[(groups * Group) - value.Length];
        for (var group = 0; group < groups; group++)
        {
            var number = 0;
            for (var place = Group * group; place < Group * (group + 1); place++)
                number = (number * Base) + (place < value.Length ? Letters.IndexOf(value[place]) : 0);
            packed[1 + (2 * group)] = Characters[number / Characters.Length];
            packed[2 + (2 * group)] = Characters[number % Characters.Length];
        }

        writer.WriteStringValue(packed);
    }

    private static string Known(string letters)
    {
        foreach (var letter in letters)
        {
            if (!Letters.Contains(letter)) throw new JsonException($"'{letter}' stands for no state of a trial.");
        }

        return letters;
    }

    private static int Number(char character) => Characters.IndexOf(character) is >= 0 and var number
        ? number
        : throw new JsonException($"'{character}' stands for no trials.");
}
