namespace MusicPipeline.Audio.Chunks;

/// <summary>
/// Goes from chunk to chunk of an AIFF or WAV file and over what stands between them in damaged ones: unprintable ids,
/// zero bytes, missing pad bytes, sizes that were never filled in or wrapped at 4 GiB.
/// </summary>
/// <param name="cursor">Stands at the first chunk.</param>
/// <param name="warnings">Where oddities are told.</param>
/// <param name="format">The outer chunk, byte order and known ids.</param>
/// <param name="end">Where the outer chunk says that it ends; not relied on.</param>
internal sealed class ChunkWalk(ChunkCursor cursor, WarningList warnings, ChunkFormat format, long end)
{
    private const int MostChunks = 1_000_000;
    private const long Wrap = 1L << 32;
    private const int Known = 2;
    private int _count;
    private long _end = end;
    private Chunk? _overrun;

    /// <summary>The next chunk, with the cursor at its body; null at the end of the chunks.</summary>
    /// <param name="complete">Whether all that is needed was seen, so that whatever is no chunk is left out.</param>
    public Chunk? Next(bool complete)
    {
        while (cursor.Position < cursor.Length)
        {
            if (_count++ == MostChunks)
            {
                throw new AudioFormatException(
                    format.Outer, $"the {format.Outer} chunk holds more than {MostChunks:N0} chunks", ChunkFormat.Damaged);
            }

            var start = cursor.Position;
            var head = cursor.ReadHead(format.BigEndian);
            // A wrong size of the outer chunk is no reason to lose the sound, nor a text behind it.
            if (head is { } chunk && ChunkId.IsPlausible(chunk.Id) && (!complete || start < _end || Knows(chunk.Id))) return chunk;
            if (complete) LeaveOut(start, head);
            if (complete || head is not { } strange || !StepOver(strange)) return null;
        }

        if (complete && _overrun is { } last) warnings.Add($"The {ChunkId.Show(last.Id)} chunk runs past the end of the file.");
        return null;
    }

    /// <summary>Moves behind a chunk that was looked at.</summary>
    public void Leave(in Chunk chunk)
    {
        if (chunk.Overruns) _overrun = chunk;
        cursor.Position = After(chunk);
    }

    /// <summary>Where the next chunk begins: behind the pad byte of an odd one, unless the writer forgot it.</summary>
    public long After(in Chunk chunk)
    {
        if (chunk.Size % 2 == 0) return chunk.End;
        // Where the pad byte is missing a chunk's id stands in its place, and none behind it.
        if (Likelihood(chunk.End) <= Likelihood(chunk.End + 1)) return chunk.End + 1;
        warnings.Add($"The {ChunkId.Show(chunk.Id)} chunk has an odd length and no pad byte.");
        return chunk.End;
    }

    /// <summary>
    /// The chunk of the sound with the size that it really has: up to the end of the file where a recorder was switched off
    /// before it wrote the size, and whole multiples of 4 GiB more where the size did not fit into its 32 bits.
    /// </summary>
    /// <param name="chunk">The chunk as its head says.</param>
    /// <param name="headerBytes">Bytes of the body that are no sound.</param>
    /// <param name="announced">Size that the rest of the header announces, or null.</param>
    public Chunk Extent(in Chunk chunk, int headerBytes, long? announced = null)
    {
        if (Unwrapped(chunk, announced) is { } size)
        {
            while (_end + Wrap <= chunk.StreamLength + 1) _end += Wrap;
            warnings.Add(
                $"The {chunk.Id} chunk says {chunk.Size:N0} bytes, which is what 32 bits hold of {size:N0}: all are taken.");
            return chunk with { Size = size };
        }

        var rest = chunk.StreamLength - chunk.Body;
        var unknown = chunk.Size == uint.MaxValue
            || (chunk.Size <= headerBytes && Likelihood(chunk.End) == 0 && Likelihood(After(chunk)) == 0);
        if (!unknown || rest <= headerBytes) return chunk;
        warnings.Add(
            $"The {chunk.Id} chunk says {chunk.Size:N0} bytes, a size that was never filled in: taken to reach to the end of the file.");
        return chunk with { Size = rest };
    }

    /// <summary>A chunk that was not found, naming the one before that claims to reach past the end, if there is one.</summary>
    public AudioFormatException Missing(string id)
    {
        var cause = _overrun is { } chunk
            ? $": the {ChunkId.Show(chunk.Id)} chunk before it claims {chunk.Size:N0} bytes, past the end of the file"
            : "";
        return new AudioFormatException(id, $"the {id} chunk is missing{cause}", ChunkFormat.Damaged);
    }

    private long? Unwrapped(in Chunk chunk, long? announced)
    {
        var beyond = chunk.StreamLength - chunk.End;
        if (beyond < Wrap) return null;
        if (announced > chunk.Size && (announced - chunk.Size) % Wrap == 0 && announced <= chunk.Size + beyond) return announced;
        // Nothing announces the size: the wrapped one ends in the middle of the sound, the true one at a chunk or the end.
        var whole = chunk with { Size = chunk.Size + beyond / Wrap * Wrap };
        var ends = whole.StreamLength - whole.End <= 1 || Likelihood(whole.End + (whole.Size & 1)) == Known;
        return ends && Likelihood(chunk.End + (chunk.Size & 1)) != Known ? whole.Size : null;
    }

    /// <summary>Moves over what cannot be a chunk, to where the next one may begin.</summary>
    private bool StepOver(in Chunk strange)
    {
        var fits = !strange.Overruns;
        // Zeros may also be the head of a chunk, if another follows where its size says.
        if (strange.Id[0] == '\0' && (strange is { Id: "\0\0\0\0", Size: 0 } || !fits || Likelihood(After(strange)) == 0))
        {
            warnings.Add("Zero bytes stand between two chunks.");
            cursor.Position = strange.Body - ChunkCursor.HeadBytes;
            cursor.SkipZeros();
            return true;
        }

        if (fits) warnings.Add($"The id of a chunk is unprintable ({ChunkId.Show(strange.Id)}): it was left out.");
        Leave(strange);
        return fits;
    }

    private void LeaveOut(long start, Chunk? head)
    {
        var left = cursor.Length - start;
        // One byte may be a pad byte that was not counted.
        if (left <= 1) return;
        var what = head is not { } chunk ? $"{left} bytes"
            : ChunkId.IsPlausible(chunk.Id) ? $"behind the end of the {format.Outer} chunk, {left:N0} bytes"
            : ChunkId.Show(chunk.Id);
        warnings.Add($"What follows at byte {start:N0} is no chunk ({what}) and was left out.");
    }

    /// <summary>
    /// Whether a chunk begins at a position: <see cref="Known"/> for a known id, 1 for a printable one whose body the file
    /// holds, else 0.
    /// </summary>
    private int Likelihood(long position)
    {
        var here = cursor.Position;
        cursor.Position = position;
        var head = cursor.ReadHead(format.BigEndian);
        cursor.Position = here;
        if (head is not { } chunk || !ChunkId.IsPlausible(chunk.Id)) return 0;
        return Knows(chunk.Id) ? Known : chunk.Overruns ? 0 : 1;
    }

    private bool Knows(string id) => format.KnownIds.Contains(id);
}
