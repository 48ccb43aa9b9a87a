using System.Runtime.InteropServices;
using MusicPipeline.Data.Arrays;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

public sealed class NpySummaryTests
{
    [Fact]
    public async Task Counts_And_Averages_What_Is_Finite()
    {
        double[] values = [4, double.NaN, -2, double.PositiveInfinity, 7, double.NegativeInfinity, double.NaN, 0, 1, 2];
        var summary = await SummaryAsync(NpyBytes.File("<f8", true, [5, 2], Bytes(values)));

        Assert.Equal(
            ("float64", "<f8", true, 1, 10L),
            (summary.ElementType, summary.Descriptor, summary.FortranOrder, summary.Version, summary.Elements));
        Assert.Equal((2L, 2L), (summary.NaNs, summary.Infinities));
        Assert.Equal((-2d, 7d, 2d), (summary.Min, summary.Max, summary.Mean));
        Assert.Equal(values[..8], summary.First);
        Assert.Equal([5, 2], summary.Shape);
    }

    [Fact]
    public async Task Spans_Blocks()
    {
        var values = Enumerable.Range(0, 400_000).Select(i => (short)(i % 1000)).ToArray();
        var summary = await SummaryAsync(NpyBytes.File("<i2", false, [400_000], Bytes(values), version: 2));
        Assert.Equal((0d, 999d, 499.5), (summary.Min, summary.Max, summary.Mean));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], summary.First);
    }

    [Fact]
    public async Task An_Empty_Array_Has_No_Extremes()
    {
        var summary = await SummaryAsync(NpyBytes.File("<f4", false, [0, 120], []));
        Assert.Null(summary.Min);
        Assert.Null(summary.Max);
        Assert.Null(summary.Mean);
        Assert.Empty(summary.First);
    }

    private static async Task<NpySummary> SummaryAsync(byte[] file) =>
        await NpySummary.ReadAsync(await NpyReader.OpenAsync(NpyBytes.Stream(file)));

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
