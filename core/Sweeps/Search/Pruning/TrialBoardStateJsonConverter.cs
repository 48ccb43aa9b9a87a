using System.Text.Json;
using System.Text.Json.Serialization;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Writes a board's states as a sweep's status has them, and reads those, too, that were written by an older alphabet:
/// a sweep that runs while a new version is deployed goes on with the board that the old one handed on.
/// </summary>
internal sealed class TrialBoardStateJsonConverter : JsonConverter<TrialBoardState>
{
    // By the older alphabet, under the name "stages": one letter for all trials without a result, and others for what was
    // broken off and for what was pruned.
    private const string OldLetters = "wrpxcf";

    // In the order of those letters.
    private static readonly TrialState[] OldStates =
    [
        TrialState.Waiting, TrialState.Running, TrialState.Preempted, TrialState.Pruned, TrialState.Completed, TrialState.Failed,
    ];

    /// <inheritdoc/>
    public override TrialBoardState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonSerializer.Deserialize<Written>(ref reader, options) ?? throw new JsonException("A board is missing.");
        return new TrialBoardState(
            written.States ?? FromOld(written.Stages ?? throw new JsonException("A board has no states.")),
            written.Scores);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TrialBoardState value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Written(value.Scores) { States = value.States }, options);

    private static string FromOld(string stages) => string.Concat(stages.Select(letter =>
        OldLetters.IndexOf(letter) is >= 0 and var place
            ? TrialStates.LetterOf(OldStates[place])
            : throw new JsonException($"'{letter}' stands for no state of a trial.")));

    private sealed record Written(IReadOnlyList<float[]> Scores)
    {
        [JsonConverter(typeof(TrialStatesJsonConverter))]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? States { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Stages { get; init; }
    }
}
