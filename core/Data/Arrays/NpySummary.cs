using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>What <c>inspect</c> tells of an array.</summary>
/// <param name="ElementType">NumPy's type name: <c>float32</c>.</param>
/// <param name="Descriptor">NumPy's type string with the byte order: <c>&lt;f4</c>.</param>
/// <param name="Shape">Length of each axis.</param>
/// <param name="FortranOrder">Whether the first axis runs fastest in the file.</param>
/// <param name="Version">Major version of the format, 1 to 3.</param>
/// <param name="Elements">Number of elements.</param>
/// <param name="Min">Least finite value, as float64; null where there is none.</param>
/// <param name="Max">Greatest finite value, as float64; null where there is none.</param>
/// <param name="Mean">Mean of the finite values; null where there is none.</param>
/// <param name="NaNs">Elements that are not a number.</param>
/// <param name="Infinities">Elements that are infinite.</param>
/// <param name="First">The first eight values, in the order of the file.</param>
public sealed record NpySummary(
    string ElementType,
    string Descriptor,
    long[] Shape,
    bool FortranOrder,
    int Version,
    long Elements,
    double? Min,
    double? Max,
    double? Mean,
    long NaNs,
    long Infinities,
    double[] First)
{
    private const int FirstValues = 8;

    /// <summary>Reads an array through once, in bounded memory.</summary>
    /// <param name="reader">An array of which no element has been read.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InputException">The file is shorter or longer than its header says.</exception>
    public static async Task<NpySummary> ReadAsync(NpyReader reader, CancellationToken cancellationToken = default)
    {
        var (min, max, sum) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        var (nans, infinities) = (0L, 0L);
        var first = new List<double>(FirstValues);
        await reader.ReadBlocksAsync(
            block =>
            {
                foreach (var value in block[..Math.Min(block.Length, FirstValues - first.Count)]) first.Add(value);
                foreach (var value in block)
                {
                    if (double.IsFinite(value))
                    {
                        min = Math.Min(min, value);
                        max = Math.Max(max, value);
                        sum += value;
                    }
                    else if (double.IsNaN(value))
                    {
                        nans++;
                    }
                    else
                    {
                        infinities++;
                    }
                }
            },
            cancellationToken);

        var header = reader.Header;
        var finite = header.Count - nans - infinities;
        return new NpySummary(
            header.ElementName,
            header.Descriptor,
            header.Shape,
            header.FortranOrder,
            header.Version,
            header.Count,
            finite > 0 ? min : null,
            finite > 0 ? max : null,
            finite > 0 ? sum / finite : null,
            nans,
            infinities,
            [.. first]);
    }
}
