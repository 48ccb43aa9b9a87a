using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Wav;

/// <summary>Reads the header of WAV files: RIFF and RF64, PCM, floats, A-law and µ-law, extensible or not.</summary>
internal sealed class WavReader
{
    private const int MostChunks = 1_000_000;
    private const string Damaged = "the file is damaged, so export or upload the recording again";
    private readonly ChunkCursor _cursor;
    private readonly WarningList _warnings = new();
    private readonly ChunkText _text = new();
    private WavFormat? _format;
    private Chunk? _data;
    private long _size64 = -1;

    private WavReader(Stream stream) => _cursor = new ChunkCursor(stream);

    /// <summary>Reads the header of a stream from its first byte.</summary>
    /// <exception cref="AudioFormatException">No WAV, or one that is too damaged or of a kind that is not read.</exception>
    public static SoundFile Read(Stream stream) => new WavReader(stream).Read();

    private SoundFile Read()
    {
        var head = _cursor.Peek(12);
        if (head.Length < 12) throw Error("RIFF", $"the file ends inside the RIFF chunk, after {head.Length} bytes");
        var form = Encoding.Latin1.GetString(head[..4]);
        if (form is not ("RIFF" or "RF64") || !head[8..].SequenceEqual("WAVE"u8))
        {
            throw new AudioFormatException(
                "RIFF", "the file is no RIFF file of type 'WAVE'", "give a WAV recording", InputErrorKind.UnsupportedType);
        }

        _cursor.Position = 12;
        ReadChunks();
        if (_format is null) throw Error("fmt", "the fmt chunk is missing");
        if (_data is not { } data) throw Error("data", "the data chunk is missing");
        if (_text.Cut) _warnings.Add("Very long text chunks have been cut.");
        string?[] text = [.. WavTags.InfoIds.Select(_text.Get)];
        return new SoundFile(
            form == "RF64" ? "RF64" : "WAV", null, _format.Layout, _format.SampleRate,
            data.Available / _format.Layout.UnitBytes, data.Body, new AudioText(text[0], text[1], text[2], text[3]),
            _warnings.Items);
    }

    private void ReadChunks()
    {
        for (var count = 0; _cursor.ReadHead(bigEndian: false) is { } chunk; count++)
        {
            if (count == MostChunks) throw Error("RIFF", $"the RIFF chunk holds more than {MostChunks:N0} chunks");
            if (!ChunkId.IsPlausible(chunk.Id))
            {
                _warnings.Add($"What follows at byte {chunk.Body - 8:N0} is no chunk ({ChunkId.Show(chunk.Id)}) and was left out.");
                return;
            }

            if (chunk.Id == "data") chunk = Extent(chunk);
            Take(chunk);
            _cursor.Position = chunk.End + (chunk.Size & 1);
        }
    }

    private void Take(in Chunk chunk)
    {
        switch (chunk.Id)
        {
            case "ds64" when chunk.Available >= 16:
                _size64 = BinaryPrimitives.ReadInt64LittleEndian(_cursor.Peek(16)[8..]);
                break;
            case "fmt " when _format is null:
                _format = WavFormat.Read(chunk, _cursor);
                break;
            case "data" when _data is null:
                _data = chunk;
                break;
            case "LIST" when chunk.Available >= 4 && _cursor.Peek(4).SequenceEqual("INFO"u8):
                ReadInfo(chunk);
                break;
        }
    }

    /// <summary>The data chunk's size from ds64, or what is there where a stream was written whose size was unknown.</summary>
    private Chunk Extent(in Chunk chunk)
    {
        var rest = chunk.StreamLength - chunk.Body;
        if (chunk.Size == uint.MaxValue) return chunk with { Size = _size64 is >= 0 ? Math.Min(_size64, rest) : rest };
        if (chunk.Overruns)
            _warnings.Add($"The data chunk says {chunk.Size:N0} bytes and the file ends after {chunk.Available:N0} of them.");
        return chunk;
    }

    private void ReadInfo(in Chunk list)
    {
        _cursor.Position = list.Body + 4;
        var end = list.Body + list.Available;
        while (_cursor.Position + 8 <= end && _cursor.ReadHead(bigEndian: false) is { } chunk)
        {
            var next = chunk.End + (chunk.Size & 1);
            if (Array.IndexOf(WavTags.InfoIds, chunk.Id) >= 0) _text.Add(chunk.Id, chunk, _cursor);
            _cursor.Position = next;
        }
    }

    private static AudioFormatException Error(string chunk, string problem) => new(chunk, problem, Damaged);
}
