using MusicPipeline.Data.Arrays;

namespace MusicPipeline.Local.Inspecting;

/// <summary>The arrays of a <c>.npz</c> file.</summary>
internal sealed class ArchiveInspection(IReadOnlyDictionary<string, NpySummary?> members) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string? Value)> Facts => members
        .Select(member => (member.Key, (string?)(member.Value is { } array ? Describe(array) : "no array")))
        .Prepend(("kind", $"NumPy archive of {Arrays} {(Arrays == 1 ? "array" : "arrays")}"));

    /// <inheritdoc/>
    public object Document => members;

    private int Arrays => members.Values.Count(array => array is not null);

    /// <summary>Reads a <c>.npz</c> file.</summary>
    public static async Task<IInspection> ReadAsync(Stream file, CancellationToken cancellation)
    {
        using var archive = NpzArchive.Open(file);
        var arrays = new Dictionary<string, NpySummary?>(StringComparer.Ordinal);
        foreach (var member in archive.Members)
            arrays.Add(member, await NpySummary.ReadAsync(await archive.OpenAsync(member, cancellation), cancellation));
        foreach (var other in archive.Others) arrays.TryAdd(other, null);
        return new ArchiveInspection(arrays);
    }

    private static string Describe(NpySummary array)
    {
        var range = array.Min is null ? "" : $", {array.Min:G6} to {array.Max:G6}";
        return $"{array.ElementType}, ({string.Join(", ", array.Shape)}){range}";
    }
}
