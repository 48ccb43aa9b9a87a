using MusicPipeline.Training.Models;

namespace MusicPipeline.Collections;

/// <summary>What is made of notes without a pitch: noise among instruments, or drums, which are learned like the rest.</summary>
internal static class PitchRules
{
    private const int Shown = 10;

    /// <summary>The share of training notes without a pitch in the label that has the highest; null where nobody looked.</summary>
    public static double? HighestShare(IReadOnlyList<CollectedRecording> recordings) =>
        recordings.Any(recording => recording.WithoutPitch is null) ? null : Shares(recordings).Values.DefaultIfEmpty().Max();

    /// <summary>
    /// Recordings of which no note has a pitch, under labels of which most recordings have one, in words; and labels of so many notes
    /// without one that models do without pitches.
    /// </summary>
    public static IReadOnlyList<string> Remarks(IReadOnlyList<CollectedRecording> recordings)
    {
        var shares = Shares(recordings);
        string[] labels = [.. shares.Where(label => label.Value > ModelMetadata.MostWithoutPitch).Select(label => label.Key)];
        string[] odd =
        [
            .. recordings.GroupBy(recording => recording.Name.Label, StringComparer.Ordinal)
                .Select(label => (All: label.Count(), Without: label.Where(one => one.WithoutPitch == one.Notes)))
                .Where(label => 2 * label.Without.Count() < label.All)
                .SelectMany(label => label.Without.Select(one => one.Name.InCollection)),
        ];
        return
        [
            .. odd.Take(Shown).Select(file => $"{file} is kept, but none of its notes has a pitch: check that it is no noise."),
            .. odd.Length > Shown ? [$"{odd.Length - Shown} more recordings have no note with a pitch."] : (string[])[],
            .. labels.Take(Shown).Select(label =>
                $"Of the training notes of {label} {shares[label]:P0} have no pitch; check that they are no noise. Models of this data set "
                + "label notes without a pitch like all others."),
            .. labels.Length > Shown ? [$"{labels.Length - Shown} more labels have many notes without a pitch."] : (string[])[],
        ];
    }

    private static SortedDictionary<string, double> Shares(IEnumerable<CollectedRecording> recordings) => new(
        recordings.Where(recording => !recording.IsTest)
            .GroupBy(recording => recording.Name.Label, StringComparer.Ordinal)
            .ToDictionary(
                label => label.Key,
                label => label.Sum(one => one.WithoutPitch ?? 0) / (double)label.Sum(one => one.Notes),
                StringComparer.Ordinal),
        StringComparer.Ordinal);
}
