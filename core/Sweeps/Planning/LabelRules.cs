using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What the name, the notes and the tags of a sweep may be.</summary>
internal static class LabelRules
{
    private const int LongestName = 100;
    private const int LongestNotes = 2000;
    private const int LongestTag = 40;
    private const int MostTags = 20;

    public static void Check(SweepRequest request)
    {
        if (request.Name is { } name)
        {
            Require(
                name.Trim().Length > 0 && name.Length <= LongestName && !name.Any(char.IsControl),
                "the name is empty, longer than a line, or not on one line",
                $"give one of at most {LongestName} characters",
                "name");
        }

        if (request.Notes is { } notes)
            Require(notes.Length <= LongestNotes, $"the notes have {notes.Length} characters", $"give at most {LongestNotes}", "notes");
        if (request.Tags is not { } tags) return;
        Require(tags.Count <= MostTags, $"there are {tags.Count} tags", $"give at most {MostTags}", "tags");
        foreach (var tag in tags)
        {
            Require(
                tag.Length is > 0 and <= LongestTag && tag.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.'),
                $"'{(tag.Length > LongestTag ? tag[..LongestTag] + "..." : tag)}' is no tag",
                $"give a word of at most {LongestTag} letters, digits, '-', '_' and '.'",
                "tags");
        }

        Require(tags.Distinct(StringComparer.Ordinal).Count() == tags.Count, "the tags name one twice", "name each once", "tags");
    }

    private static void Require(bool holds, string problem, string remedy, string field) =>
        SweepRequestRules.Require(holds, problem, remedy, field);
}
