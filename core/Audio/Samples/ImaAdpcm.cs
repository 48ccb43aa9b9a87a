using System.Buffers.Binary;

namespace MusicPipeline.Audio.Samples;

/// <summary>
/// One channel of Apple's IMA 4:1 ADPCM (<c>ima4</c>). A packet's header repeats the decoder's state with 7 bits less of
/// the predictor; as QuickTime and ffmpeg do, the finer state is kept while the header agrees with it.
/// </summary>
internal struct ImaAdpcm
{
    /// <summary>Bytes of a packet of one channel.</summary>
    public const int PacketBytes = 34;

    /// <summary>Samples of a packet.</summary>
    public const int PacketFrames = 64;

    private const int HighestIndex = 88;
    private int _predictor;
    private int _index;

    private static ReadOnlySpan<sbyte> IndexSteps => [-1, -1, -1, -1, 2, 4, 6, 8];

    private static ReadOnlySpan<short> Steps =>
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428,
        4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350,
        22385, 24623, 27086, 29794, 32767,
    ];

    /// <summary>Decodes one packet into every <paramref name="stride"/>-th sample.</summary>
    /// <returns>False where the header's step index is out of range; the highest is taken then.</returns>
    public bool Decode(ReadOnlySpan<byte> packet, Span<short> samples, int stride)
    {
        int header = BinaryPrimitives.ReadInt16BigEndian(packet);
        var index = Math.Min(header & 0x7F, HighestIndex);
        var predictor = header & ~0x7F;
        if (index != _index || Math.Abs(predictor - _predictor) > 0x7F) (_index, _predictor) = (index, predictor);

        for (var i = 0; i < PacketFrames / 2; i++)
        {
            int pair = packet[2 + i];
            samples[2 * i * stride] = Next(pair & 0x0F);
            samples[(2 * i + 1) * stride] = Next(pair >> 4);
        }

        return (header & 0x7F) <= HighestIndex;
    }

    private short Next(int nibble)
    {
        int step = Steps[_index];
        var difference = step >> 3;
        if ((nibble & 4) != 0) difference += step;
        if ((nibble & 2) != 0) difference += step >> 1;
        if ((nibble & 1) != 0) difference += step >> 2;
        _index = Math.Clamp(_index + IndexSteps[nibble & 7], 0, HighestIndex);
        _predictor = Math.Clamp(
            (nibble & 8) != 0 ? _predictor - difference : _predictor + difference, short.MinValue, short.MaxValue);
        return (short)_predictor;
    }
}
