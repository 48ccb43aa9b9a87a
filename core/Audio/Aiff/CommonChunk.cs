using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio.Aiff;

/// <summary>The COMM chunk: what the sound is made of.</summary>
/// <param name="Channels">Interleaved channels.</param>
/// <param name="Frames">Frames announced; packets for IMA ADPCM.</param>
/// <param name="Bits">Significant bits of a sample.</param>
/// <param name="SampleRate">Frames per second, in Hz.</param>
/// <param name="Compression">Compression type of AIFF-C, or null where the chunk has none.</param>
internal sealed record CommonChunk(int Channels, long Frames, int Bits, double SampleRate, string? Compression)
{
    // Rates below are a damaged header.
    private const double LowestRate = 0.01;
    private const int ShortestBody = 18;
    private const string Remedy = "the header is damaged, so export the recording again";

    /// <summary>Reads and checks the chunk.</summary>
    public static CommonChunk Read(in Chunk chunk, ChunkCursor cursor)
    {
        var body = cursor.Peek((int)Math.Min(chunk.Available, ShortestBody + 4));
        if (body.Length < ShortestBody)
        {
            throw Error(chunk.Overruns
                ? $"the file ends inside the COMM chunk, {body.Length} of at least {ShortestBody} bytes in"
                : $"the COMM chunk is {chunk.Size} bytes long and needs at least {ShortestBody}");
        }

        int channels = BinaryPrimitives.ReadInt16BigEndian(body);
        long frames = BinaryPrimitives.ReadUInt32BigEndian(body[2..]);
        int bits = BinaryPrimitives.ReadInt16BigEndian(body[6..]);
        var rate = ExtendedFloat.Read(body[8..]);
        if (channels is < 1 or > SampleLayout.MostChannels)
            throw Error($"the COMM chunk says {channels} channels, and 1 to {SampleLayout.MostChannels} are read");
        if (double.IsNaN(rate)) throw Error("the sample rate in the COMM chunk is not a number");
        if (rate is < LowestRate or > SampleLayout.HighestRate)
        {
            throw Error(
                $"the COMM chunk says a sample rate of {rate:G6} Hz, and {LowestRate} to {SampleLayout.HighestRate:N0} Hz are read");
        }

        var compression = body.Length == ShortestBody + 4 ? Encoding.Latin1.GetString(body[ShortestBody..]) : null;
        return new CommonChunk(channels, frames, bits, rate, compression);
    }

    private static AudioFormatException Error(string problem) => new("COMM", problem, Remedy);
}
