using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>
/// Which recordings have a source in common, such as a player, an instrument or a session, so that they stay on one side of every
/// split. <c>sources.json</c> in the collection's folder says so, file by file or by a pattern, <c>{"violin/anna-*": "anna"}</c>, the first
/// that fits; else what stands before <c>--</c> in a file's name, <c>anna--scale.aiff</c>.
/// </summary>
public sealed class RecordingSources
{
    private const string Mark = "--";
    private const int MaxSource = 100;
    private readonly IReadOnlyList<(Regex Pattern, string Source)> _rules;

    private RecordingSources(IReadOnlyList<(Regex Pattern, string Source)> rules) => _rules = rules;

    /// <summary>Those of a collection.</summary>
    /// <exception cref="InputException">Its <c>sources.json</c> cannot be read.</exception>
    public static async Task<RecordingSources> ReadAsync(
        IArtifactStore store, string collection, CancellationToken cancellationToken = default)
    {
        var content = await store.TryReadAsync(BlobPaths.Recording(collection, RecordingName.SourcesFile), cancellationToken);
        return content is null ? new RecordingSources([]) : Parse(content.Bytes.Span);
    }

    /// <summary>Those of a <c>sources.json</c>.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static RecordingSources Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RecordingSources([.. document.RootElement.EnumerateObject().Select(Rule)])
                : throw Unreadable();
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>The source of a recording, or null where none is known.</summary>
    public string? Of(RecordingName recording)
    {
        foreach (var (pattern, source) in _rules)
        {
            if (pattern.IsMatch(recording.InCollection)) return source;
        }

        var mark = recording.File.IndexOf(Mark, StringComparison.Ordinal);
        return mark > 0 ? recording.File[..mark] : null;
    }

    private static (Regex Pattern, string Source) Rule(JsonProperty rule)
    {
        if (rule.Value.ValueKind != JsonValueKind.String || rule.Value.GetString() is not { Length: > 0 and <= MaxSource } source)
            throw Unreadable();
        var pattern = new StringBuilder("^");
        foreach (var character in rule.Name)
            pattern.Append(character switch { '*' => ".*", '?' => ".", _ => Regex.Escape(character.ToString()) });
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline;
        return (new Regex(pattern.Append('$').ToString(), options, TimeSpan.FromSeconds(1)), source);
    }

    private static InputException Unreadable(Exception? cause = null) => new(
        $"it is no JSON object of files or patterns with the source of each, of 1 to {MaxSource} characters",
        """write it like {"violin/anna-*": "anna", "cello/3.aiff": "ben"}""",
        RecordingName.SourcesFile,
        innerException: cause);
}
