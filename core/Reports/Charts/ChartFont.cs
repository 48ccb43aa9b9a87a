using System.Text;
using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Reports.Charts;

/// <summary>The one font of all charts: Open Sans, embedded, because container images have no font at all.</summary>
internal static class ChartFont
{
    public const string Family = "Open Sans";

    /// <summary>Stands for letters that are left out.</summary>
    public const string LeftOut = "[?]";

    private static readonly Lazy<string> Registration = new(Register);

    /// <summary>Makes the font known to ScottPlot once, and its default, since every label starts from the default.</summary>
    public static string Use() => Registration.Value;

    public static SKTypeface Typeface(bool bold) => Fonts.GetTypeface(Use(), bold, italic: false);

    /// <summary>
    /// The text with what the font has no letters for left out, such as Chinese or emoji, and <see cref="LeftOut"/> in
    /// its place: boxes would say less.
    /// </summary>
    public static string Legible(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var face = Typeface(bold: false);
        var legible = new StringBuilder(text.Length);
        var isLeftOut = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // Half a surrogate pair has no letter either.
            var isThere = rune != Rune.ReplacementChar && face.ContainsGlyph(rune.Value);
            if (isThere) legible.Append(rune.ToString());
            else if (!isLeftOut) legible.Append(LeftOut);
            isLeftOut = !isThere;
        }

        return legible.ToString();
    }

    private static string Register()
    {
        Fonts.FontResolvers.Insert(0, new EmbeddedFontResolver());
        Fonts.Default = Family;
        return Family;
    }
}
