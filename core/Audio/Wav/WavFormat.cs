using System.Buffers.Binary;
using System.Globalization;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Errors;

namespace MusicPipeline.Audio.Wav;

/// <summary>The fmt chunk of a WAV file.</summary>
/// <param name="Layout">How the samples are stored.</param>
/// <param name="SampleRate">Frames per second, in Hz.</param>
internal sealed record WavFormat(SampleLayout Layout, double SampleRate)
{
    private const int ShortestBody = 16;
    private const string Remedy = "export the recording as 8 to 32-bit PCM or float WAV";

    /// <summary>Reads and checks the chunk.</summary>
    public static WavFormat Read(in Chunk chunk, ChunkCursor cursor, WarningList warnings)
    {
        var body = cursor.Peek((int)Math.Min(chunk.Available, 40));
        if (body.Length < ShortestBody) throw Error($"the fmt chunk is {body.Length} bytes long and needs at least {ShortestBody}");
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(body[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(body[14..]);
        var validBits = bits;
        if (tag == WavTags.Extensible)
        {
            if (body.Length < 40) throw Error("the fmt chunk is too short for an extensible format");
            int valid = BinaryPrimitives.ReadUInt16LittleEndian(body[18..]);
            if (valid > 0 && valid < bits) validBits = valid;
            tag = body[26..40].SequenceEqual(WavTags.SubFormatTail)
                ? BinaryPrimitives.ReadUInt16LittleEndian(body[24..])
                : WavTags.Extensible;
        }

        if (channels is < 1 or > SampleLayout.MostChannels)
            throw Error($"the fmt chunk says {channels} channels, and 1 to {SampleLayout.MostChannels} are read");
        if (rate is 0 or > (uint)SampleLayout.HighestRate)
            throw Error($"the fmt chunk says a sample rate of {rate:N0} Hz, and 1 to {SampleLayout.HighestRate:N0} Hz are read");
        var layout = LayoutOf(tag, bits, validBits, channels);
        // Some writers count bits, or leave the field at 0.
        if (frameBytes == 0 || frameBytes == layout.UnitBytes * 8 || frameBytes == channels * bits)
        {
            warnings.Add(
                $"The fmt chunk says {frameBytes} bytes a frame: {layout.UnitBytes} are taken, "
                + $"as {channels} channels of {bits} bits have.");
        }
        else if (frameBytes != layout.UnitBytes)
        {
            throw Error($"the fmt chunk says {frameBytes} bytes a frame, and {channels} channels of {bits} bits take {layout.UnitBytes}");
        }

        return new WavFormat(layout, rate);
    }

    private static SampleLayout LayoutOf(ushort tag, int bits, int validBits, int channels)
    {
        var bytes = (bits + 7) / 8;
        return (tag, bytes) switch
        {
            (WavTags.Pcm, 1) => new SampleLayout(SampleEncoding.UnsignedInteger, validBits, 1, BigEndian: false, channels),
            (WavTags.Pcm, 2 or 3 or 4) =>
                new SampleLayout(SampleEncoding.SignedInteger, validBits, bytes, BigEndian: false, channels),
            (WavTags.Float, 4 or 8) when bits == bytes * 8 =>
                new SampleLayout(SampleEncoding.Float, bits, bytes, BigEndian: false, channels),
            (WavTags.ALaw, 1) => new SampleLayout(SampleEncoding.ALaw, 8, 1, BigEndian: false, channels),
            (WavTags.MuLaw, 1) => new SampleLayout(SampleEncoding.MuLaw, 8, 1, BigEndian: false, channels),
            (WavTags.Pcm or WavTags.Float or WavTags.ALaw or WavTags.MuLaw, _) =>
                throw Error($"the fmt chunk says {bits} bits a sample, which its format does not have"),
            _ => throw new AudioFormatException(
                "fmt",
                $"the fmt chunk asks for format 0x{tag.ToString("X4", CultureInfo.InvariantCulture)}, which is not read",
                Remedy,
                InputErrorKind.UnsupportedType),
        };
    }

    private static AudioFormatException Error(string problem) => new("fmt", problem, Remedy);
}
