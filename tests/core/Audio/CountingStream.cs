namespace MusicPipeline.Tests.Audio;

/// <summary>Counts how often a reader reads and seeks.</summary>
internal sealed class CountingStream(byte[] content) : MemoryStream(content)
{
    public int Reads { get; private set; }

    public int Seeks { get; private set; }

    public override long Position
    {
        get => base.Position;
        set
        {
            if (value != base.Position) Seeks++;
            base.Position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        Reads++;
        return base.Read(buffer);
    }
}
