using MusicPipeline.Arrays;

namespace MusicPipeline.Local.Inspecting;

/// <summary>The arrays of a <c>.npz</c> file.</summary>
internal sealed class ArchiveInspection(IReadOnlyDictionary<string, NpySummary> arrays) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string? Value)> Facts => arrays
        .Select(member => (member.Key, (string?)Describe(member.Value)))
        .Prepend(("kind", $"NumPy archive of {arrays.Count} {(arrays.Count == 1 ? "array" : "arrays")}"));

    /// <inheritdoc/>
    public object Document => arrays;

    /// <summary>Reads a <c>.npz</c> file.</summary>
    public static async Task<IInspection> ReadAsync(Stream file, CancellationToken cancellation)
    {
        using var archive = NpzArchive.Open(file);
        var arrays = new Dictionary<string, NpySummary>(StringComparer.Ordinal);
        foreach (var member in archive.Members)
            arrays.Add(member, await NpySummary.ReadAsync(await archive.OpenAsync(member, cancellation), cancellation));
        return new ArchiveInspection(arrays);
    }

    private static string Describe(NpySummary array)
    {
        var range = array.Min is null ? "" : $", {array.Min:G6} to {array.Max:G6}";
        return $"{array.ElementType}, ({string.Join(", ", array.Shape)}){range}";
    }
}
