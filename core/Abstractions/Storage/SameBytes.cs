namespace MusicPipeline.Storage;

/// <summary>Compares what two streams hold from where they stand.</summary>
public static class SameBytes
{
    private const int Buffer = 1 << 20;

    /// <summary>Whether both give the same bytes up to their ends.</summary>
    public static async Task<bool> InAsync(Stream one, Stream other, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (first, second) = (new byte[Buffer], new byte[Buffer]);
        while (true)
        {
            var read = await one.ReadAtLeastAsync(first, Buffer, throwOnEndOfStream: false, cancellationToken);
            var count = await other.ReadAtLeastAsync(second, Buffer, throwOnEndOfStream: false, cancellationToken);
            if (!first.AsSpan(0, read).SequenceEqual(second.AsSpan(0, count))) return false;
            if (read == 0) return true;
        }
    }
}
