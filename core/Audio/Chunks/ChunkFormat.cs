namespace MusicPipeline.Audio.Chunks;

/// <summary>What tells the chunks of AIFF from those of WAV.</summary>
/// <param name="Outer">The chunk that holds all others: <c>FORM</c> or <c>RIFF</c>.</param>
/// <param name="BigEndian">Byte order of sizes.</param>
/// <param name="KnownIds">Ids that are common in such files.</param>
internal sealed record ChunkFormat(string Outer, bool BigEndian, IReadOnlySet<string> KnownIds)
{
    /// <summary>What to do about a file whose chunks cannot be followed.</summary>
    public const string Damaged = "the file is damaged, so export or upload the recording again";

    /// <summary>AIFF and AIFF-C.</summary>
    public static ChunkFormat Aiff { get; } = new("FORM", BigEndian: true, new HashSet<string>
    {
        "COMM", "SSND", "NAME", "AUTH", "(c) ", "ANNO", "FVER", "MARK", "INST", "MIDI", "AESD", "APPL", "COMT", "SAXL",
        "CHAN", "ID3 ",
    });

    /// <summary>WAV and RF64, with what a LIST INFO chunk holds.</summary>
    public static ChunkFormat Wav { get; } = new("RIFF", BigEndian: false, new HashSet<string>
    {
        "fmt ", "data", "ds64", "fact", "LIST", "cue ", "plst", "smpl", "inst", "bext", "iXML", "PEAK", "JUNK", "id3 ",
        "INAM", "IART", "ICOP", "ICMT", "ICRD", "ISFT", "IGNR", "IPRD",
    });
}
