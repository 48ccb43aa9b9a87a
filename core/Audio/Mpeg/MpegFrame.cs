using NLayer;

namespace MusicPipeline.Audio.Mpeg;

/// <summary>A frame, as the decoder reads it.</summary>
internal sealed class MpegFrame : IMpegFrame
{
    private readonly byte[] _bytes = new byte[MpegHeader.MostBytes];
    private MpegHeader _header;
    private int _bit;

    int IMpegFrame.SampleRate => _header.SampleRate;

    int IMpegFrame.SampleRateIndex => _header.RateIndex;

    int IMpegFrame.FrameLength => _header.Length;

    int IMpegFrame.BitRate => _header.BitRate;

    MpegVersion IMpegFrame.Version => _header.Version;

    MpegLayer IMpegFrame.Layer => MpegLayer.LayerIII;

    MpegChannelMode IMpegFrame.ChannelMode => _header.ChannelMode;

    int IMpegFrame.ChannelModeExtension => _header.ModeExtension;

    int IMpegFrame.SampleCount => _header.Samples;

    int IMpegFrame.BitRateIndex => _header.BitRateIndex;

    bool IMpegFrame.IsCopyrighted => _header.IsCopyrighted;

    bool IMpegFrame.HasCrc => _header.HasCrc;

    bool IMpegFrame.IsCorrupted => false;

    /// <summary>Takes the next frame's bytes.</summary>
    public void Fill(MpegHeader header, ReadOnlySpan<byte> bytes)
    {
        _header = header;
        bytes.CopyTo(_bytes);
    }

    void IMpegFrame.Reset() => _bit = 8 * (MpegHeader.Bytes + (_header.HasCrc ? 2 : 0));

    int IMpegFrame.ReadBits(int bitCount)
    {
        if (_bit + bitCount > 8 * _header.Length) throw new InvalidDataException("The frame is shorter than its side information.");
        var value = 0;
        for (var left = bitCount; left > 0;)
        {
            var taken = Math.Min(left, 8 - (_bit & 7));
            var bits = _bytes[_bit >> 3] >> (8 - (_bit & 7) - taken);
            value = (value << taken) | (bits & ((1 << taken) - 1));
            _bit += taken;
            left -= taken;
        }

        return value;
    }
}
