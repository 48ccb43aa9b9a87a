using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MusicPipeline.Training.Cpu;

/// <summary>
/// Rows come in random order from memory that no cache near holds. They are asked for a batch ahead, a few at a time
/// between the tiles of the batch before.
/// </summary>
internal unsafe struct RowPrefetcher(float* inputs, int features, int* rows, int count)
{
    private const int RowsAtATime = 2;
    private const int FloatsOfLine = 16;

    private int _next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        if (!Sse.IsSupported) return;
        for (var end = Math.Min(_next + RowsAtATime, count); _next < end; _next++)
        {
            var row = inputs + ((nint)rows[_next] * features);
            for (var f = 0; f < features; f += FloatsOfLine) Sse.Prefetch1(row + f);
        }
    }
}
