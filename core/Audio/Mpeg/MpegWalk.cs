using MusicPipeline.Audio.Chunks;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>Goes from frame to frame of an MP3 file, and over tags and damage between them.</summary>
/// <param name="cursor">Where to begin.</param>
/// <param name="first">The frame before, where one was read.</param>
internal sealed class MpegWalk(ChunkCursor cursor, MpegHeader? first = null)
{
    // Frames behind a place that tell that one really begins there; the sync word alone stands in every picture.
    private const int Confirming = 2;

    private MpegHeader? _first = first;
    private bool _inStep = first is not null;

    /// <summary>Bytes stepped over between frames.</summary>
    public long Skipped { get; private set; }

    /// <summary>Whether the file ends inside a frame.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Goes to the next frame that is whole; its bytes are at the cursor, which the caller moves behind it.</summary>
    /// <param name="searched">Bytes looked through at most where no frame follows at once.</param>
    /// <returns>Its header; null where there is none.</returns>
    public MpegHeader? Next(long searched = long.MaxValue)
    {
        var start = cursor.Position;
        for (; cursor.Position - start <= searched; cursor.SkipTo(0xFF))
        {
            var header = MpegHeader.Read(cursor.Peek(MpegHeader.Bytes));
            if (header is { } found && (_first?.Fits(found) ?? true) && (_inStep || Continues(found)))
            {
                if (cursor.Position + found.Length > cursor.Length)
                {
                    IsCut = true;
                    return null;
                }

                if (_first is not null) Skipped += cursor.Position - start;
                _first ??= found;
                _inStep = true;
                return found;
            }

            _inStep = false;
            if (cursor.Position >= cursor.Length) return null;
            cursor.Position++;
        }

        return null;
    }

    /// <summary>Whether frames follow that fit to the one at the cursor, or the file ends where one ends.</summary>
    private bool Continues(MpegHeader header)
    {
        var at = cursor.Position;
        try
        {
            var next = header;
            for (var i = 0; i < Confirming; i++)
            {
                cursor.Position += next.Length;
                if (cursor.Position == cursor.Length || (i > 0 && cursor.Position > cursor.Length)) return true;
                // The tag of version 1 is the last thing in a file.
                if (cursor.Peek(3).SequenceEqual("TAG"u8)) return true;
                if (MpegHeader.Read(cursor.Peek(MpegHeader.Bytes)) is not { } following || !following.Fits(header)) return false;
                next = following;
            }

            return true;
        }
        finally
        {
            cursor.Position = at;
        }
    }
}
