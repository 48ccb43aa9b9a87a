using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Charts;

/// <summary>The one font of all charts: Open Sans, embedded, because container images have no font at all.</summary>
internal static class ChartFont
{
    public const string Family = "Open Sans";

    private static readonly Lazy<string> Registration = new(Register);

    /// <summary>Makes the font known to ScottPlot once, and its default, since every label starts from the default.</summary>
    public static string Use() => Registration.Value;

    public static SKTypeface Typeface(bool bold) => Fonts.GetTypeface(Use(), bold, italic: false);

    private static string Register()
    {
        Fonts.FontResolvers.Insert(0, new EmbeddedFontResolver());
        Fonts.Default = Family;
        return Family;
    }
}
