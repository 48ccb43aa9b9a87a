using MusicPipeline.Data.Arrays;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

/// <summary>Arrays in the precision that they are compared in.</summary>
internal static class NpyDoubles
{
    /// <summary>All elements as float64 in row-major order.</summary>
    public static async Task<double[]> ReadDoublesAsync(this NpyReader reader)
    {
        var values = new double[reader.Header.Count];
        var scatter = reader.Header.NeedsTranspose ? new RowMajorScatter<double>(values, reader.Header.Shape) : null;
        var done = 0;
        await reader.ReadBlocksAsync(
            block =>
            {
                if (scatter is null) block.CopyTo(values.AsSpan(done));
                else scatter.Place(block);
                done += block.Length;
            },
            TestContext.Current.CancellationToken);
        return values;
    }
}
