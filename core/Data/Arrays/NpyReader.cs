using System.Buffers;
using System.Numerics;
using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>
/// Reads one NumPy array from a stream: versions 1 to 3, both orders, both byte orders, integers, floats and bool.
/// The header is checked against the length before anything is allocated; elements come in row-major order,
/// read once from front to back. Nothing is ever unpickled.
/// </summary>
public sealed class NpyReader
{
    private const int BlockBytes = 256 * 1024;
    private readonly Stream _stream;
    private bool _read;

    private NpyReader(Stream stream, NpyHeader header) => (_stream, Header) = (stream, header);

    /// <summary>What the header says.</summary>
    public NpyHeader Header { get; }

    /// <summary>Reads the header and checks it. The stream stays the caller's.</summary>
    /// <param name="stream">At the first byte of the file.</param>
    /// <param name="length">Bytes from there to the end; may be left out for a stream that can seek.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InputException">The file is no array of numbers, or shorter or longer than it says.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek and no length is given.</exception>
    public static async ValueTask<NpyReader> OpenAsync(
        Stream stream, long? length = null, CancellationToken cancellationToken = default)
    {
        var bytes = length ?? (stream.CanSeek
            ? stream.Length - stream.Position
            : throw new ArgumentException("A stream that cannot seek needs its length.", nameof(length)));
        try
        {
            return new NpyReader(stream, await NpyHeaderReader.ReadAsync(stream, bytes, cancellationToken));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Reads all elements as float32; other types are rounded, and what is beyond float32 becomes infinite.</summary>
    /// <returns>The elements in row-major order.</returns>
    /// <exception cref="InputException">The file ends too early or goes on too long, or has too many elements.</exception>
    public Task<float[]> ReadSinglesAsync(CancellationToken cancellationToken = default) =>
        ReadAllAsync<float>(cancellationToken);

    /// <summary>Reads all elements of an array of integers of any width, or of bool as 0 and 1.</summary>
    /// <returns>The elements in row-major order.</returns>
    /// <exception cref="InputException">
    /// The elements are floats, one is above <see cref="long.MaxValue"/>, or the file's length is wrong.
    /// </exception>
    public Task<long[]> ReadIntegersAsync(CancellationToken cancellationToken = default) =>
        Header.ElementType.IsFloat()
            ? throw new InputException(
                $"the array holds floating-point numbers ({Header.ElementName})", "save it as integers, such as array.astype('int64')")
            : ReadAllAsync<long>(cancellationToken);

    /// <summary>Hands all elements over as float64, block by block in the order of the file, in bounded memory.</summary>
    /// <exception cref="InputException">The file ends too early or goes on too long.</exception>
    internal async Task ReadBlocksAsync(Action<ReadOnlySpan<double>> onBlock, CancellationToken cancellationToken)
    {
        var values = new double[BlockBytes];
        await ForEachBlockAsync(
            block =>
            {
                var count = block.Length / Header.ElementType.Size();
                NpyConversion.Convert(Header.ElementType, block, values.AsSpan(0, count));
                onBlock(values.AsSpan(0, count));
            },
            cancellationToken);
    }

    private async Task<T[]> ReadAllAsync<T>(CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        if (Header.Count > Array.MaxLength)
            throw new InputException(
                $"the array has {Header.Count:N0} elements, and at most {Array.MaxLength:N0} are read at once", "split it");
        var size = Header.ElementType.Size();
        var values = GC.AllocateUninitializedArray<T>((int)Header.Count);
        var scatter = Header.NeedsTranspose ? new RowMajorScatter<T>(values, Header.Shape) : null;
        var staging = scatter is null ? [] : new T[BlockBytes / size];
        var done = 0;
        await ForEachBlockAsync(
            block =>
            {
                var target = scatter is null ? values.AsSpan(done, block.Length / size) : staging.AsSpan(0, block.Length / size);
                NpyConversion.Convert(Header.ElementType, block, target);
                scatter?.Place(target);
                done += target.Length;
            },
            cancellationToken);
        return values;
    }

    private async Task ForEachBlockAsync(Action<ReadOnlySpan<byte>> onBlock, CancellationToken cancellationToken)
    {
        if (_read) throw new InvalidOperationException("The array was read already; open its stream again.");
        _read = true;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (var left = Header.DataLength; left > 0;)
            {
                var block = buffer.AsMemory(0, (int)Math.Min(left, BlockBytes));
                var read = await _stream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
                left -= read;
                if (read < block.Length)
                    throw new InputException(
                        $"the file ends {left:N0} bytes before the {Header.DataLength:N0} that its header promises",
                        "upload the complete file");
                NpyConversion.ToNativeOrder(block.Span, Header.ElementType.Size(), Header.BigEndian);
                onBlock(block.Span);
            }

            if (await _stream.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0)
                throw new InputException(
                    $"the file goes on after the {Header.DataLength:N0} bytes that its header promises",
                    "save a single array with numpy.save");
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What a decompressing stream throws.
    private static InputException Damaged(InvalidDataException cause) =>
        new("the compressed data is damaged", "save the archive again with numpy.savez", innerException: cause);
}
