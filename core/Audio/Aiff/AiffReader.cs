using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Aiff;

/// <summary>
/// Reads the header of AIFF and AIFF-C files: chunks in any order, of which all but COMM, SSND and the texts are skipped.
/// Sources: Apple's Audio Interchange File Format 1.3 and AIFF-C, draft of 1991-08-26.
/// </summary>
internal sealed class AiffReader
{
    private static readonly string[] TextIds = ["NAME", "AUTH", "(c) ", "ANNO"];

    private readonly Stream _stream;
    private readonly ChunkCursor _cursor;
    private readonly WarningList _warnings;
    private readonly ChunkText _text = new();
    private CommonChunk? _common;
    private SoundData? _sound;
    private bool _isAiffC;

    private AiffReader(RecordingStart start) => (_stream, _cursor, _warnings) = (start.Stream, start.Cursor, start.Warnings);

    /// <summary>The compression type, or null for plain AIFF.</summary>
    private string? Compression => _isAiffC ? _common?.Compression ?? "NONE" : null;

    /// <summary>Whether a damaged AIFF or AIFF-C file may begin, of which the reader tells best what is wrong.</summary>
    public static bool MayBegin(RecordingStart start) => start.IsShortOr("FORM"u8);

    /// <summary>Reads the header of a recording.</summary>
    /// <exception cref="AudioFormatException">No AIFF, or one that is too damaged or of a kind that is not read.</exception>
    public static IPcmSource Read(RecordingStart start) => new AiffReader(start).Read();

    private StoredSamples Read()
    {
        var walk = new ChunkWalk(_cursor, _warnings, ChunkFormat.Aiff, ReadForm());
        while (walk.Next(complete: _common is not null && _sound is not null) is { } chunk) walk.Leave(Take(chunk, walk));
        if (_common is null) throw walk.Missing("COMM");
        if (_isAiffC && _common.Compression is null)
            _warnings.Add("The COMM chunk has no compression type, which AIFF-C asks for: taken as uncompressed.");
        var layout = Layout();
        if (_sound is null && _common.Frames > 0) throw walk.Missing("SSND");

        // A file of no frames needs no SSND chunk.
        var sound = _sound ?? default;
        var frames = sound.Frames(_common, layout, _warnings);
        if (_text.Cut) _warnings.Add("Very long text chunks have been cut.");
        var text = new AudioText(_text.Get("NAME"), _text.Get("AUTH"), _text.Get("(c) "), _text.Get("ANNO"));
        var summary = layout.Summarize(_isAiffC ? "AIFF-C" : "AIFF", _common.SampleRate, frames, text, _warnings.Items, Compression);
        return new StoredSamples(_stream, "SSND", summary, layout, sound.Start);
    }

    /// <summary>Reads the head of the FORM chunk; returns where it ends.</summary>
    private long ReadForm()
    {
        var head = _cursor.Peek(12);
        if (_cursor.Length == 0) throw Error("FORM", "the file is empty and has no FORM chunk");
        if (head.Length == 0) throw Error("FORM", "the file ends with the ID3 tag in front and has no FORM chunk");
        if (head.Length < 12) throw Error("FORM", $"the file ends inside the FORM chunk, after {head.Length} bytes");
        var id = Encoding.Latin1.GetString(head[..4]);
        var type = Encoding.Latin1.GetString(head[8..12]);
        if (id != "FORM" || type is not ("AIFF" or "AIFC"))
        {
            throw new AudioFormatException(
                "FORM",
                id == "FORM"
                    ? $"the FORM chunk is of type {ChunkId.Show(type)}, neither 'AIFF' nor 'AIFC'"
                    : $"the file begins with {ChunkId.Show(id)} and not with a FORM chunk",
                "export it as AIFF or WAV",
                InputErrorKind.UnsupportedType);
        }

        var form = _cursor.ReadHead(bigEndian: true)!.Value;
        _cursor.Position += 4;
        // One byte is forgiven: a pad byte that was counted and not written.
        if (form.End > _cursor.Length + 1)
            _warnings.Add($"The FORM chunk says {form.Size:N0} bytes and the file ends after {form.Available:N0} of them.");
        _isAiffC = type == "AIFC";
        return form.End;
    }

    /// <summary>Takes what is needed from a chunk; returns it with the size that it really has.</summary>
    private Chunk Take(in Chunk chunk, ChunkWalk walk)
    {
        switch (chunk.Id)
        {
            case "COMM" when _common is null:
                _common = CommonChunk.Read(chunk, _cursor);
                break;
            case "SSND" when _sound is null:
                var sound = walk.Extent(chunk, SoundData.HeaderBytes, AnnouncedBytes());
                _sound = SoundData.Read(sound, guessed: sound.Size != chunk.Size, _cursor, _warnings);
                return sound with { Size = sound.Available };
            case "COMM" or "SSND":
                _warnings.Add($"The file has a second {chunk.Id} chunk, which was left out.");
                break;
            case var id when Array.IndexOf(TextIds, id) >= 0:
                _text.Add(id, chunk, _cursor);
                break;
        }

        return chunk;
    }

    /// <summary>Size of the SSND chunk at the cursor as COMM's frames ask for it; null where COMM has not come yet.</summary>
    private long? AnnouncedBytes()
    {
        var header = _cursor.Peek(SoundData.HeaderBytes);
        if (_common is null || header.Length < SoundData.HeaderBytes) return null;
        return SoundData.HeaderBytes + BinaryPrimitives.ReadUInt32BigEndian(header) + _common.Frames * Layout().UnitBytes;
    }

    private SampleLayout Layout() => AiffCompression.Layout(Compression ?? "NONE", _common!.Bits, _common.Channels);

    private static AudioFormatException Error(string chunk, string problem) => new(chunk, problem, ChunkFormat.Damaged);
}
