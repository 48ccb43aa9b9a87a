using System.Runtime.CompilerServices;
using ILGPU;

namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>The outputs of a row in short: what its probabilities and its loss follow from.</summary>
internal struct RowScore
{
    /// <summary>The largest output.</summary>
    public float Largest;

    /// <summary>Sum of <c>e^(output - largest)</c> over the others: small losses keep their digits without the largest's 1.</summary>
    public float Others;

    /// <summary>The class of the largest, the first where there are several.</summary>
    public int Winner;

    /// <summary>The output of the row's class.</summary>
    public float OfLabel;

    /// <summary>The row's cross-entropy in nats.</summary>
    public readonly float Loss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => KernelMath.LogOnePlus(Others) + (Largest - OfLabel);
    }

    /// <summary>
    /// Scores the 32 rows of a tile with all threads of the group, four a row: each looks at every fourth class in one
    /// pass, and what they found comes together in shared memory (M. Milakov, N. Gimelshein, Online normalizer
    /// calculation for softmax, 2018).
    /// </summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="label">The row's class, or -1.</param>
    /// <param name="found">Takes a score of each thread.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowScore Find(TileOutputs outputs, int label, ArrayView<RowScore> found)
    {
        var lane = Group.IdxX / Tiling.Rows;
        var row = Group.IdxX % Tiling.Rows;
        var largest = -float.MaxValue;
        float others = -1, ofLabel = 0;
        var winner = int.MaxValue;
        for (var c = lane; c < outputs.Classes; c += Tiling.LanesOfRow)
        {
            var output = outputs.Sum(c, row);
            if (c == label) ofLabel = output;
            if (output > largest)
            {
                others = (others + 1) * KernelMath.Exp(largest - output);
                largest = output;
                winner = c;
            }
            else
            {
                others += KernelMath.Exp(output - largest);
            }
        }

        found[Group.IdxX] = new RowScore { Largest = largest, Others = others, Winner = winner, OfLabel = ofLabel };
        Group.Barrier();
        var best = found[row];
        for (var other = row + Tiling.Rows; other < Tiling.Threads; other += Tiling.Rows) best = Merge(best, found[other]);
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowScore Merge(RowScore one, RowScore other)
    {
        // A lane without a class has others + 1 = 0, and adds nothing.
        var takesOther = other.Largest > one.Largest || (other.Largest == one.Largest && other.Winner < one.Winner);
        var largest = takesOther ? other.Largest : one.Largest;
        var kept = takesOther ? other.Others : one.Others;
        var lost = takesOther ? one.Others : other.Others;
        var gap = takesOther ? one.Largest - largest : other.Largest - largest;
        return new RowScore
        {
            Largest = largest,
            Others = kept + ((lost + 1) * KernelMath.Exp(gap)),
            Winner = takesOther ? other.Winner : one.Winner,
            OfLabel = one.OfLabel + other.OfLabel,
        };
    }
}
