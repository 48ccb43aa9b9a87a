using MusicPipeline.Data.Arrays;

namespace MusicPipeline.Local.Inspecting;

/// <summary>A NumPy array.</summary>
internal sealed class ArrayInspection(NpySummary array) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string? Value)> Facts =>
    [
        ("kind", $"NumPy array, format version {array.Version}"),
        ("shape", array.Shape.Length == 0 ? "a single number" : string.Join(" x ", array.Shape.Select(axis => $"{axis:N0}"))),
        ("type", $"{array.ElementType} ({array.Descriptor}), {(array.FortranOrder ? "first" : "last")} axis fastest"),
        ("range", array.Min is null ? null : $"{array.Min:G6} to {array.Max:G6}, mean {array.Mean:G6}"),
        ("not finite", array.NaNs + array.Infinities == 0 ? null : $"{array.NaNs:N0} NaN, {array.Infinities:N0} infinite"),
        ("first values", array.First.Length == 0 ? null : string.Join("  ", array.First.Select(value => value.ToString("G6")))),
    ];

    /// <inheritdoc/>
    public object Document => array;

    /// <summary>Reads a <c>.npy</c> file.</summary>
    public static async Task<IInspection> ReadAsync(Stream file, CancellationToken cancellation) =>
        new ArrayInspection(await NpySummary.ReadAsync(await NpyReader.OpenAsync(file, cancellationToken: cancellation), cancellation));
}
