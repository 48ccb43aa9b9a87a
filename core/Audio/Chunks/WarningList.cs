namespace MusicPipeline.Audio.Chunks;

/// <summary>Warnings about one file; a badly broken file does not fill the memory with them.</summary>
internal sealed class WarningList
{
    private const int Most = 20;
    private readonly List<string> _warnings = [];

    /// <summary>The warnings so far.</summary>
    public IReadOnlyList<string> Items => _warnings;

    /// <summary>Adds a sentence unless it was said before.</summary>
    public void Add(string warning)
    {
        if (_warnings.Count < Most && !_warnings.Contains(warning, StringComparer.Ordinal)) _warnings.Add(warning);
    }
}
