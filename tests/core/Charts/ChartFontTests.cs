using MusicPipeline.Reports.Charts;
using ScottPlot;
using SkiaSharp;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class ChartFontTests
{
    [Theory]
    [InlineData(false, (int)SKFontStyleWeight.Normal)]
    [InlineData(true, (int)SKFontStyleWeight.SemiBold)]
    public void Resolves_The_Embedded_Faces(bool bold, int weight)
    {
        var typeface = ChartFont.Typeface(bold);

        Assert.StartsWith("Open Sans", typeface.FamilyName);
        Assert.Equal(weight, typeface.FontWeight);
        Assert.True(typeface.ContainsGlyphs("Loss 0.001 −80 dB Ω Ж é …"));
    }

    [Fact]
    public void Labels_Of_A_New_Plot_Use_The_Embedded_Font()
    {
        ChartFont.Use();
        using var plot = new Plot();

        Assert.Equal(ChartFont.Family, plot.Axes.Bottom.TickLabelStyle.FontName);
        Assert.Equal("Open Sans", Fonts.GetTypeface(plot.Axes.Bottom.TickLabelStyle.FontName, bold: false, italic: false).FamilyName);
    }

    [Fact]
    public void Other_Fonts_Are_Left_To_The_System() =>
        Assert.Null(new EmbeddedFontResolver().CreateTypeface("Some other font", bold: false, italic: false));

    [Fact]
    public void Writes_Glyphs_And_Not_Boxes()
    {
        using var surface = SKSurface.Create(new SKImageInfo(300, 60));
        surface.Canvas.Clear(SKColors.White);
        using var pen = new ChartPen(surface.Canvas);

        pen.Text("Loss", 10, 30, 30);

        Assert.InRange(InkOf(surface), 100, 4000);
        // The box for a missing glyph has one width; letters have their own.
        Assert.True(pen.Measure("WWWW", 30) > 2 * pen.Measure("llll", 30));
    }

    [Theory]
    [InlineData("Flöte, gespielt von Žižek −20 °C … ×2", "Flöte, gespielt von Žižek −20 °C … ×2")]
    [InlineData("Флейта", "Флейта")]
    [InlineData("笛子.aiff", "[?].aiff")]
    [InlineData("Flöte, 笛 🎺 (take 2)", "Flöte, [?] [?] (take 2)")]
    [InlineData("half \ud83c a pair", "half [?] a pair")]
    public void Leaves_Out_What_It_Has_No_Letters_For(string text, string legible) => Assert.Equal(legible, ChartFont.Legible(text));

    [Theory]
    [InlineData("a short title")]
    [InlineData("a title that goes on and on until it is wider than any picture can be")]
    [InlineData("line\r\nbreaks\tand\0controls")]
    [InlineData("")]
    public void Fits_A_Title_Into_Its_Line(string title)
    {
        using var surface = SKSurface.Create(new SKImageInfo(1, 1));
        using var pen = new ChartPen(surface.Canvas);

        var line = pen.Fit(title, 27, 300);

        Assert.InRange(pen.Measure(line, 27), 0, 300);
        Assert.DoesNotContain(line, char.IsControl);
        if (title.Length < 20) Assert.Equal(title, line);
    }

    private static int InkOf(SKSurface surface)
    {
        using var image = surface.Snapshot();
        using var bitmap = SKBitmap.FromImage(image);
        return bitmap.Pixels.Count(pixel => pixel.Red < 128);
    }
}
