using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>A WAV file taken apart without the code under test.</summary>
internal sealed class WavContent
{
    public WavContent(byte[] wav)
    {
        Assert.Equal("RIFF", Encoding.ASCII.GetString(wav, 0, 4));
        Assert.Equal((uint)wav.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)));
        for (var at = 12; at < wav.Length;)
        {
            var size = (int)BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(at + 4));
            Chunks.Add(Encoding.ASCII.GetString(wav, at, 4), wav[(at + 8)..(at + 8 + size)]);
            at += 8 + size + (size & 1);
        }

        var format = Chunks["fmt "];
        Tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        Channels = BinaryPrimitives.ReadUInt16LittleEndian(format.AsSpan(2));
        Rate = BinaryPrimitives.ReadUInt32LittleEndian(format.AsSpan(4));
        Bits = BinaryPrimitives.ReadUInt16LittleEndian(format.AsSpan(14));
        if (Tag == 0xFFFE) ValidBits = BinaryPrimitives.ReadUInt16LittleEndian(format.AsSpan(18));
        IsFloat = (Tag == 0xFFFE ? BinaryPrimitives.ReadUInt16LittleEndian(format.AsSpan(24)) : Tag) == 3;
    }

    public Dictionary<string, byte[]> Chunks { get; } = [];

    public int Tag { get; }

    public int Channels { get; }

    public uint Rate { get; }

    public int Bits { get; }

    public int ValidBits { get; }

    public bool IsFloat { get; }

    public byte[] Data => Chunks["data"];

    public static (WavContent Wav, AudioSummary Summary) Convert(byte[] aiff)
    {
        using var target = new ForwardStream();
        var summary = WavConversion.Convert(new MemoryStream(aiff), target, TestContext.Current.CancellationToken);
        return (new WavContent(target.ToArray()), summary);
    }

    /// <summary>Samples with full scale at ±1.</summary>
    public double[] Samples()
    {
        var bytes = Bits / 8;
        return [.. Enumerable.Range(0, Data.Length / bytes).Select(i => Sample(Data.AsSpan(i * bytes, bytes)))];
    }

    private double Sample(ReadOnlySpan<byte> bytes) => (Bits, IsFloat) switch
    {
        (8, _) => (bytes[0] - 128) / 128.0,
        (16, _) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
        (24, _) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648.0,
        (32, false) => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
        (32, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
