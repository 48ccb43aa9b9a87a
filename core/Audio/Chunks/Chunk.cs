namespace MusicPipeline.Audio.Chunks;

/// <summary>The head of an IFF or RIFF chunk.</summary>
/// <param name="Id">Its four characters.</param>
/// <param name="Size">Bytes of the body, as the head claims.</param>
/// <param name="Body">Position of the body in the stream.</param>
/// <param name="StreamLength">Bytes of the stream.</param>
internal readonly record struct Chunk(string Id, long Size, long Body, long StreamLength)
{
    /// <summary>Bytes of the body that the stream really holds.</summary>
    public long Available => Math.Min(Size, Math.Max(0, StreamLength - Body));

    /// <summary>Whether the body is longer than what is left of the stream.</summary>
    public bool Overruns => Size > Available;

    /// <summary>Position after the body, without a pad byte.</summary>
    public long End => Body + Size;
}
