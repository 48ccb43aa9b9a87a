using System.Runtime.CompilerServices;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Matrix products over panels. A panel is a slice of a matrix, 1, 2 or 4 vectors wide, whose rows lie one after
/// another; a panel of the weights (features x 64 floats) and the tile being computed fit in the first-level cache
/// and the registers. Sums run in the order of the depth, so that results do not depend on anything but the operands.
/// </summary>
internal static unsafe class MatrixKernels<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Rows of a tile. Matrices have room for a multiple of it.</summary>
    public const int TileRows = 4;

    /// <summary>
    /// One tile: <c>result[i, :] = start + sum over k of a[i, k] * panel[k, :]</c> for four rows i.
    /// </summary>
    /// <param name="a">The element of row 0 and depth 0.</param>
    /// <param name="rowStride">Floats from a row of <paramref name="a"/> to the next.</param>
    /// <param name="depthStride">Floats from a depth of <paramref name="a"/> to the next.</param>
    /// <param name="panel">depth x vectors.</param>
    /// <param name="vectors">Width of panel and result: 1, 2 or 4 vectors.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="start">One row that every sum starts from.</param>
    /// <param name="result">4 x vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(
        float* a, nint rowStride, nint depthStride, float* panel, int vectors, int depth, float* start, float* result)
    {
        if (vectors == 4) Tile4(a, rowStride, depthStride, panel, depth, start, result);
        else if (vectors == 2) Tile2(a, rowStride, depthStride, panel, depth, start, result);
        else Tile1(a, rowStride, depthStride, panel, depth, start, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(
        float* a0, nint rowStride, nint depthStride, float* panel, int depth, float* start, float* result)
    {
        float* a1 = a0 + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        TVector c00 = TSimd.Load(start), c01 = TSimd.Load(start + TSimd.Lanes);
        TVector c02 = TSimd.Load(start + (2 * TSimd.Lanes)), c03 = TSimd.Load(start + (3 * TSimd.Lanes));
        TVector c10 = c00, c11 = c01, c12 = c02, c13 = c03;
        TVector c20 = c00, c21 = c01, c22 = c02, c23 = c03;
        TVector c30 = c00, c31 = c01, c32 = c02, c33 = c03;
        nint k = 0;
        for (var end = panel + ((nint)depth * 4 * TSimd.Lanes); panel < end; panel += 4 * TSimd.Lanes, k += depthStride)
        {
            var b0 = TSimd.Load(panel);
            var b1 = TSimd.Load(panel + TSimd.Lanes);
            var b2 = TSimd.Load(panel + (2 * TSimd.Lanes));
            var b3 = TSimd.Load(panel + (3 * TSimd.Lanes));
            var x = TSimd.Create(a0[k]);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            c02 = TSimd.MultiplyAdd(x, b2, c02);
            c03 = TSimd.MultiplyAdd(x, b3, c03);
            x = TSimd.Create(a1[k]);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            c12 = TSimd.MultiplyAdd(x, b2, c12);
            c13 = TSimd.MultiplyAdd(x, b3, c13);
            x = TSimd.Create(a2[k]);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            c22 = TSimd.MultiplyAdd(x, b2, c22);
            c23 = TSimd.MultiplyAdd(x, b3, c23);
            x = TSimd.Create(a3[k]);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
            c32 = TSimd.MultiplyAdd(x, b2, c32);
            c33 = TSimd.MultiplyAdd(x, b3, c33);
        }

        StoreRow(c00, c01, c02, c03, result);
        StoreRow(c10, c11, c12, c13, result + (4 * TSimd.Lanes));
        StoreRow(c20, c21, c22, c23, result + (8 * TSimd.Lanes));
        StoreRow(c30, c31, c32, c33, result + (12 * TSimd.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2(
        float* a0, nint rowStride, nint depthStride, float* panel, int depth, float* start, float* result)
    {
        float* a1 = a0 + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        TVector c00 = TSimd.Load(start), c01 = TSimd.Load(start + TSimd.Lanes);
        TVector c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
        nint k = 0;
        for (var end = panel + ((nint)depth * 2 * TSimd.Lanes); panel < end; panel += 2 * TSimd.Lanes, k += depthStride)
        {
            var b0 = TSimd.Load(panel);
            var b1 = TSimd.Load(panel + TSimd.Lanes);
            var x = TSimd.Create(a0[k]);
            c00 = TSimd.MultiplyAdd(x, b0, c00);
            c01 = TSimd.MultiplyAdd(x, b1, c01);
            x = TSimd.Create(a1[k]);
            c10 = TSimd.MultiplyAdd(x, b0, c10);
            c11 = TSimd.MultiplyAdd(x, b1, c11);
            x = TSimd.Create(a2[k]);
            c20 = TSimd.MultiplyAdd(x, b0, c20);
            c21 = TSimd.MultiplyAdd(x, b1, c21);
            x = TSimd.Create(a3[k]);
            c30 = TSimd.MultiplyAdd(x, b0, c30);
            c31 = TSimd.MultiplyAdd(x, b1, c31);
        }

        StorePair(c00, c01, result);
        StorePair(c10, c11, result + (2 * TSimd.Lanes));
        StorePair(c20, c21, result + (4 * TSimd.Lanes));
        StorePair(c30, c31, result + (6 * TSimd.Lanes));
    }

    // Even and odd depths have sums of their own: four would wait for each other's latency.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1(
        float* a0, nint rowStride, nint depthStride, float* panel, int depth, float* start, float* result)
    {
        float* a1 = a0 + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride;
        TVector c0 = TSimd.Load(start), c1 = c0, c2 = c0, c3 = c0;
        TVector d0 = TSimd.Create(0f), d1 = d0, d2 = d0, d3 = d0;
        nint k = 0;
        var end = panel + ((nint)depth * TSimd.Lanes);
        for (; panel + TSimd.Lanes < end; panel += 2 * TSimd.Lanes, k += 2 * depthStride)
        {
            var b = TSimd.Load(panel);
            c0 = TSimd.MultiplyAdd(TSimd.Create(a0[k]), b, c0);
            c1 = TSimd.MultiplyAdd(TSimd.Create(a1[k]), b, c1);
            c2 = TSimd.MultiplyAdd(TSimd.Create(a2[k]), b, c2);
            c3 = TSimd.MultiplyAdd(TSimd.Create(a3[k]), b, c3);
            b = TSimd.Load(panel + TSimd.Lanes);
            d0 = TSimd.MultiplyAdd(TSimd.Create(a0[k + depthStride]), b, d0);
            d1 = TSimd.MultiplyAdd(TSimd.Create(a1[k + depthStride]), b, d1);
            d2 = TSimd.MultiplyAdd(TSimd.Create(a2[k + depthStride]), b, d2);
            d3 = TSimd.MultiplyAdd(TSimd.Create(a3[k + depthStride]), b, d3);
        }

        if (panel < end)
        {
            var b = TSimd.Load(panel);
            c0 = TSimd.MultiplyAdd(TSimd.Create(a0[k]), b, c0);
            c1 = TSimd.MultiplyAdd(TSimd.Create(a1[k]), b, c1);
            c2 = TSimd.MultiplyAdd(TSimd.Create(a2[k]), b, c2);
            c3 = TSimd.MultiplyAdd(TSimd.Create(a3[k]), b, c3);
        }

        StorePair(TSimd.Add(c0, d0), TSimd.Add(c1, d1), result);
        StorePair(TSimd.Add(c2, d2), TSimd.Add(c3, d3), result + (2 * TSimd.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TVector v0, TVector v1, TVector v2, TVector v3, float* row)
    {
        StorePair(v0, v1, row);
        StorePair(v2, v3, row + (2 * TSimd.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(TVector v0, TVector v1, float* row)
    {
        TSimd.Store(v0, row);
        TSimd.Store(v1, row + TSimd.Lanes);
    }
}
