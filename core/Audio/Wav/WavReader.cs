using System.Buffers.Binary;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio.Wav;

/// <summary>Reads the header of WAV files: RIFF and RF64, PCM, floats, A-law and µ-law, extensible or not.</summary>
internal sealed class WavReader
{
    private readonly Stream _stream;
    private readonly ChunkCursor _cursor;
    private readonly WarningList _warnings;
    private readonly ChunkText _text = new();
    private WavFormat? _format;
    private Chunk? _data;
    private long _size64 = -1;

    private WavReader(RecordingStart start) => (_stream, _cursor, _warnings) = (start.Stream, start.Cursor, start.Warnings);

    /// <summary>Reads the header of a recording that begins as a WAV file does.</summary>
    /// <exception cref="AudioFormatException">One that is too damaged or of a kind that is not read.</exception>
    public static IPcmSource Read(RecordingStart start) => new WavReader(start).Read();

    private StoredSamples Read()
    {
        var riff = _cursor.ReadHead(bigEndian: false)!.Value;
        _cursor.Position += 4;
        // RF64 keeps its size elsewhere, and a recorder that was switched off has not filled it in.
        var end = riff.Id == "RF64" || riff.Size == 0 ? long.MaxValue : riff.End;
        var walk = new ChunkWalk(_cursor, _warnings, ChunkFormat.Wav, end);
        while (walk.Next(complete: _format is not null && _data is not null) is { } chunk) walk.Leave(Take(chunk, walk));
        if (_format is null) throw walk.Missing("fmt");
        if (_data is not { } data) throw walk.Missing("data");
        if (_text.Cut) _warnings.Add("Very long text chunks have been cut.");
        string?[] text = [.. WavTags.InfoIds.Select(_text.Get)];
        var layout = _format.Layout;
        var summary = layout.Summarize(
            riff.Id == "RF64" ? "RF64" : "WAV", _format.SampleRate, data.Size / layout.UnitBytes,
            new AudioText(text[0], text[1], text[2], text[3]), _warnings.Items);
        return new StoredSamples(_stream, "data", summary, layout, data.Body);
    }

    /// <summary>Takes what is needed from a chunk; returns it with the size that it really has.</summary>
    private Chunk Take(in Chunk chunk, ChunkWalk walk)
    {
        switch (chunk.Id)
        {
            case "ds64" when chunk.Available >= 16:
                _size64 = Math.Min(BinaryPrimitives.ReadInt64LittleEndian(_cursor.Peek(16)[8..]), long.MaxValue / 2);
                break;
            case "fmt " when _format is null:
                _format = WavFormat.Read(chunk, _cursor, _warnings);
                break;
            case "data" when _data is null:
                var data = Extent(chunk, walk);
                _data = data;
                return data;
            case "LIST" when chunk.Available >= 4 && _cursor.Peek(4).SequenceEqual("INFO"u8):
                ReadInfo(chunk, walk);
                break;
        }

        return chunk;
    }

    /// <summary>The data chunk with the size that it really has: from ds64 in an RF64 file, and no more than is there.</summary>
    private Chunk Extent(in Chunk chunk, ChunkWalk walk)
    {
        var said = chunk.Size == uint.MaxValue && _size64 >= 0 ? chunk with { Size = _size64 } : chunk;
        var data = walk.Extent(said, headerBytes: 0);
        if (data.Overruns)
            _warnings.Add($"The data chunk says {data.Size:N0} bytes and the file ends after {data.Available:N0} of them.");
        return data with { Size = data.Available };
    }

    private void ReadInfo(in Chunk list, ChunkWalk walk)
    {
        _cursor.Position = list.Body + 4;
        var end = list.Body + list.Available;
        while (_cursor.Position + ChunkCursor.HeadBytes <= end && _cursor.ReadHead(bigEndian: false) is { } chunk)
        {
            var next = walk.After(chunk);
            if (Array.IndexOf(WavTags.InfoIds, chunk.Id) >= 0) _text.Add(chunk.Id, chunk, _cursor);
            _cursor.Position = next;
        }
    }
}
