using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Data;

namespace MusicPipeline.Collections;

/// <summary>
/// Which recordings are held out for the test: of every label a fifth of its units (recordings, or sources with all of theirs), at least
/// one where there are three or more. They are taken in the order of a hash of their content, or of their source's name, so that a
/// recording more moves one other at most.
/// </summary>
internal static class TestRecordings
{
    private const int Share = 5;
    private const int Fewest = 3;

    /// <summary>The recordings, each with its part.</summary>
    /// <param name="labels">The labels in the order of their classes.</param>
    /// <param name="recordings">All recordings.</param>
    public static IReadOnlyList<CollectedRecording> HoldOut(
        IReadOnlyList<string> labels, IReadOnlyList<CollectedRecording> recordings)
    {
        var units = recordings.GroupBy(KeyOf, StringComparer.Ordinal).OrderBy(unit => Hash(unit.Key), StringComparer.Ordinal).ToArray();
        var classes = labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[][] classesOf = [.. units.Select(unit => unit.Select(one => classes[one.Name.Label]).Distinct().Order().ToArray())];
        int[][] members =
        [
            .. Enumerable.Range(0, labels.Count).Select(
                c => Enumerable.Range(0, units.Length).Where(unit => classesOf[unit].Contains(c)).ToArray()),
        ];
        int[] quotas = [.. members.Select(member => member.Length < Fewest ? 0 : Math.Max(1, member.Length / Share))];
        var held = GroupedSplit.HoldOut(classesOf, members, quotas);
        var test = units.Where((_, unit) => held[unit]).Select(unit => unit.Key).ToHashSet(StringComparer.Ordinal);
        return [.. recordings.Select(recording => recording with { IsTest = test.Contains(KeyOf(recording)) })];
    }

    // A source cannot be called like a hash with this mark.
    private static string KeyOf(CollectedRecording recording) =>
        recording.Source is { } source ? "source " + source : "content " + recording.Sha256;

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
