namespace MusicPipeline.Reports.Documents;

/// <summary>A piece of text in one style. The text is plain; writers escape it.</summary>
/// <param name="Text">Any text, user input included.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Target">Relative address that it links to, or null.</param>
/// <param name="Wav">A sound to play beside it, as a WAV file; null for none, and left out where a page cannot hold it.</param>
internal sealed record Span(string Text, SpanStyle Style = SpanStyle.Plain, string? Target = null, byte[]? Wav = null)
{
    public static implicit operator Span(string text) => new(text);

    public static Span Strong(string text) => new(text, SpanStyle.Strong);

    public static Span Code(string text, string? target = null) => new(text, SpanStyle.Code, target);
}
