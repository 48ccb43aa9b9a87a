using System.Buffers.Binary;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio.Aiff;

/// <summary>The SSND chunk's extent, and how many frames are really in it where it and COMM disagree.</summary>
/// <param name="Start">Position of the first sample.</param>
/// <param name="Bytes">Bytes of sound that the stream holds.</param>
/// <param name="Guessed">Whether the chunk's size is unknown and the bytes reach to the end of the stream.</param>
internal readonly record struct SoundData(long Start, long Bytes, bool Guessed)
{
    /// <summary>Bytes of the chunk before its sound: offset and block size.</summary>
    public const int HeaderBytes = 8;

    /// <summary>Finds the sound in the chunk.</summary>
    /// <param name="chunk">The chunk, with the size that it really has.</param>
    /// <param name="guessed">Whether that is not the size which its head says.</param>
    /// <param name="cursor">At the chunk's body.</param>
    /// <param name="warnings">Where oddities are told.</param>
    public static SoundData Read(in Chunk chunk, bool guessed, ChunkCursor cursor, WarningList warnings)
    {
        if (chunk.Size < HeaderBytes)
        {
            warnings.Add($"The SSND chunk says {chunk.Size} bytes, less than its own header: no sample is there.");
            return new SoundData(chunk.Body, 0, Guessed: false);
        }

        var header = cursor.Peek(HeaderBytes);
        if (header.Length < HeaderBytes)
        {
            warnings.Add("The file ends inside the header of the SSND chunk: no sample is there.");
            return new SoundData(chunk.StreamLength, 0, Guessed: false);
        }

        long offset = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (chunk.Overruns)
            warnings.Add($"The SSND chunk says {chunk.Size:N0} bytes and the file ends after {chunk.Available:N0} of them.");

        if (HeaderBytes + offset > chunk.Size)
        {
            throw new AudioFormatException(
                "SSND",
                $"the SSND chunk says that its sound starts {offset:N0} bytes in, and it holds {chunk.Size - HeaderBytes:N0}",
                "the header is damaged, so export the recording again");
        }

        var start = chunk.Body + HeaderBytes + offset;
        var end = chunk.Body + chunk.Available;
        return new SoundData(start, Math.Max(0, end - start), guessed || chunk.Overruns);
    }

    /// <summary>Frames to decode: what SSND holds, as ffmpeg and libsndfile decide; COMM counts where SSND's size is unknown.</summary>
    public long Frames(CommonChunk common, SampleLayout layout, WarningList warnings)
    {
        var units = Bytes / layout.UnitBytes;
        var announced = common.Frames;
        if (Guessed && announced > 0) units = Math.Min(units, announced);

        var frames = units * layout.FramesPerUnit;
        var agree = announced == units
            || (layout.FramesPerUnit > 1 && announced <= frames && announced > frames - layout.FramesPerUnit);
        if (!agree)
        {
            var unit = layout.FramesPerUnit > 1 ? "packets" : "frames";
            warnings.Add(units < announced
                ? $"The recording is incomplete: {units:N0} of {announced:N0} {unit} that the COMM chunk announces are there."
                : $"The COMM chunk announces {announced:N0} {unit} and the SSND chunk holds {units:N0}: all are taken.");
        }

        return frames;
    }
}
