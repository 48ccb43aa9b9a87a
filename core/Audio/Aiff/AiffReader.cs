using System.Text;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Aiff;

/// <summary>
/// Reads the header of AIFF and AIFF-C files: chunks in any order, of which all but COMM, SSND and the texts are skipped.
/// Sources: Apple's Audio Interchange File Format 1.3 and AIFF-C, draft of 1991-08-26.
/// </summary>
internal sealed class AiffReader
{
    private const int MostChunks = 1_000_000;
    private const string Damaged = "the file is damaged, so export or upload the recording again";
    private static readonly string[] TextIds = ["NAME", "AUTH", "(c) ", "ANNO"];

    private static readonly HashSet<string> KnownIds =
    [
        .. TextIds, "COMM", "SSND", "FVER", "MARK", "INST", "MIDI", "AESD", "APPL", "COMT", "SAXL", "CHAN", "ID3 ",
    ];

    private readonly ChunkCursor _cursor;
    private readonly WarningList _warnings = new();
    private readonly ChunkText _text = new();
    private CommonChunk? _common;
    private SoundData? _sound;
    private string? _swallowed;

    private AiffReader(Stream stream) => _cursor = new ChunkCursor(stream);

    /// <summary>Reads the header of a stream from its first byte.</summary>
    /// <exception cref="AudioFormatException">No AIFF, or one that is too damaged or of a kind that is not read.</exception>
    public static SoundFile Read(Stream stream) => new AiffReader(stream).Read();

    private SoundFile Read()
    {
        var (type, formEnd) = ReadForm();
        ReadChunks(formEnd);
        if (_common is null) throw Missing("COMM");
        var compression = Compression(type);
        var layout = AiffCompression.Layout(compression ?? "NONE", _common.Bits, _common.Channels);
        if (_sound is null && _common.Frames > 0) throw Missing("SSND");

        // A file of no frames needs no SSND chunk.
        var sound = _sound ?? default;
        var frames = sound.Frames(_common, layout, _warnings);
        if (_text.Cut) _warnings.Add("Very long text chunks have been cut.");
        var text = new AudioText(_text.Get("NAME"), _text.Get("AUTH"), _text.Get("(c) "), _text.Get("ANNO"));
        return new SoundFile(
            type == "AIFC" ? "AIFF-C" : "AIFF", compression, layout, _common.SampleRate, frames, sound.Start, text,
            _warnings.Items);
    }

    private (string Type, long End) ReadForm()
    {
        var head = _cursor.Peek(12);
        if (head.Length == 0) throw Error("FORM", "the file is empty and has no FORM chunk");
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
                "only AIFF and AIFF-C recordings are converted",
                InputErrorKind.UnsupportedType);
        }

        var form = _cursor.ReadHead(bigEndian: true)!.Value;
        _cursor.Position += 4;
        // One byte is forgiven: a pad byte that was counted and not written.
        if (form.End > _cursor.Length + 1)
            _warnings.Add($"The FORM chunk says {form.Size:N0} bytes and the file ends after {form.Available:N0} of them.");
        return (type, form.End);
    }

    private void ReadChunks(long formEnd)
    {
        for (var count = 0; _cursor.Position < _cursor.Length; count++)
        {
            // A wrong FORM size is no reason to lose the sound: it counts only once everything needed was seen.
            var complete = _common is not null && _sound is not null;
            if (complete && _cursor.Position >= formEnd) return;
            if (count == MostChunks) throw Error("FORM", $"the FORM chunk holds more than {MostChunks:N0} chunks");
            if (_cursor.ReadHead(bigEndian: true) is not { } chunk) return;
            if (!ChunkId.IsPlausible(chunk.Id))
            {
                _warnings.Add($"What follows at byte {chunk.Body - 8:N0} is no chunk ({ChunkId.Show(chunk.Id)}) and was left out.");
                return;
            }

            Take(chunk);
            // An unfinished SSND chunk reaches to the end.
            if (chunk.Id == "SSND" && _sound is { Guessed: true } && chunk.Size < 8) return;
            if (chunk is { Overruns: true, Id: not "SSND" })
            {
                _swallowed = $"the {ChunkId.Show(chunk.Id)} chunk before it claims {chunk.Size:N0} bytes, past the end of the file";
                if (complete) _warnings.Add($"The {ChunkId.Show(chunk.Id)} chunk runs past the end of the file.");
            }

            _cursor.Position = NextChunk(chunk);
        }
    }

    private void Take(in Chunk chunk)
    {
        switch (chunk.Id)
        {
            case "COMM" when _common is null:
                _common = CommonChunk.Read(chunk, _cursor);
                break;
            case "SSND" when _sound is null:
                _sound = SoundData.Read(chunk, _cursor, _warnings);
                break;
            case "COMM" or "SSND":
                _warnings.Add($"The file has a second {chunk.Id} chunk, which was left out.");
                break;
            case var id when Array.IndexOf(TextIds, id) >= 0:
                _text.Add(id, chunk, _cursor);
                break;
        }
    }

    private long NextChunk(in Chunk chunk)
    {
        if (chunk.Size % 2 == 0) return chunk.End;

        // Some writers forget the pad byte after an odd chunk; then a known id stands where the pad should be.
        _cursor.Position = chunk.End;
        var next = _cursor.Peek(5);
        if (next.Length < 5 || next[0] == 0) return chunk.End + 1;
        var unpadded = KnownIds.Contains(Encoding.Latin1.GetString(next[..4]));
        if (!unpadded || KnownIds.Contains(Encoding.Latin1.GetString(next[1..5]))) return chunk.End + 1;
        _warnings.Add($"The {ChunkId.Show(chunk.Id)} chunk has an odd length and no pad byte.");
        return chunk.End;
    }

    private string? Compression(string type)
    {
        if (type == "AIFF") return null;
        if (_common!.Compression is null)
            _warnings.Add("The COMM chunk has no compression type, which AIFF-C asks for: taken as uncompressed.");
        return _common.Compression ?? "NONE";
    }

    private AudioFormatException Missing(string id) =>
        Error(id, _swallowed is null ? $"the {id} chunk is missing" : $"the {id} chunk is missing: {_swallowed}");

    private static AudioFormatException Error(string chunk, string problem) => new(chunk, problem, Damaged);
}
