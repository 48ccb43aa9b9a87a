using System.Buffers.Binary;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>Recordings of more than 4 GiB whose sizes did not fit into 32 bits; only as much of them exists as is read.</summary>
public sealed class WrappedSizeTests
{
    private const long Wrap = 1L << 32;
    private static readonly byte[] AiffText = "NAME\0\0\0\u0002ab"u8.ToArray();
    private static readonly byte[] WavText = [.. "LIST"u8, 14, 0, 0, 0, .. "INFOINAM"u8, 2, 0, 0, 0, .. "ab"u8];

    [Theory]
    [InlineData(Wrap + 4000)]
    [InlineData(3 * Wrap - 8)]
    [InlineData(2 * Wrap)]
    public void Sound_Beyond_4_GiB_Is_Taken_As_Comm_Announces_It(long bytes)
    {
        var summary = Recording.Inspect(Aiff(bytes, bytes / 4, bytes, AiffText));
        Assert.Equal((bytes / 4, "ab"), (summary.Frames, summary.Text.Name));
        Assert.Contains("32 bits", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Comm_Behind_The_Sound_Is_Found()
    {
        var common = new AiffBuilder().Common(2, (Wrap + 4000) / 4, 16, 44100).Build()[12..];
        var head = new AiffBuilder().Chunk("SSND", new byte[8], 4008).Build();
        var summary = Recording.Inspect(new SparseStream(head, Wrap + 4000, [.. common, .. AiffText]));
        Assert.Equal(((Wrap + 4000) / 4, "ab"), (summary.Frames, summary.Text.Name));
    }

    [Fact]
    public void What_Does_Not_Agree_With_Comm_Or_Is_Not_There_Is_Not_Taken()
    {
        Assert.Equal(1000, Recording.Inspect(Aiff(Wrap + 4000, 1000, Wrap + 4100, AiffText)).Frames);
        Assert.Equal(1000, Recording.Inspect(Aiff(Wrap + 4000, (2 * Wrap + 4000) / 4, Wrap + 4100, [])).Frames);
    }

    [Fact]
    public void All_Of_It_Is_Converted()
    {
        var head = new HeadOnlyStream();
        Assert.Throws<EndOfStreamException>(() => WavConversion.Convert(Aiff(Wrap + 4000, (Wrap + 4000) / 4, Wrap + 4000, []), head));
        Assert.Equal("RF64"u8, head.Bytes.AsSpan(0, 4));
        Assert.Equal(Wrap + 4000, BinaryPrimitives.ReadInt64LittleEndian(head.Bytes.AsSpan(28)));
    }

    [Theory]
    [InlineData(Wrap + 4000, true)]
    [InlineData(2 * Wrap, true)]
    [InlineData(Wrap + 4001, false)]
    public void Wav_Data_Beyond_4_GiB_Ends_Where_A_Chunk_Or_The_File_Does(long bytes, bool text)
    {
        var head = new WavBuilder().Format(bits: 8).Chunk("data", [], (uint)(bytes % Wrap)).Build(size: (uint)((bytes + 36) % Wrap));
        var summary = Recording.Inspect(new SparseStream(head, bytes, text ? WavText : []));
        Assert.Equal((bytes, text ? "ab" : null), (summary.Frames, summary.Text.Name));
        Assert.Single(summary.Warnings);
    }

    [Fact]
    public void Much_Behind_The_Data_Chunk_Is_No_Sound_Where_The_Sizes_Do_Not_Agree()
    {
        var head = new WavBuilder().Format(bits: 8).Chunk("data", [], 4000).Build(size: 4036);
        var summary = Recording.Inspect(new SparseStream(head, Wrap + 5000));
        Assert.Equal(4000, summary.Frames);
        Assert.Contains("left out", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    private static SparseStream Aiff(long size, long frames, long bytes, byte[] tail)
    {
        var head = new AiffBuilder().Common(2, frames, 16, 44100).Chunk("SSND", new byte[8], (uint)((8 + size) % Wrap)).Build();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)((head.Length - 8 + bytes + tail.Length) % Wrap));
        return new SparseStream(head, bytes, tail);
    }

    /// <summary>Takes a file's first write and refuses the next.</summary>
    private sealed class HeadOnlyStream : MemoryStream
    {
        public byte[] Bytes { get; private set; } = [];

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Bytes.Length > 0) throw new EndOfStreamException();
            Bytes = buffer.ToArray();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
