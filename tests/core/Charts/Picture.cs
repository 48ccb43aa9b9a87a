using SkiaSharp;

namespace MusicPipeline.Tests.Charts;

/// <summary>A decoded PNG.</summary>
internal sealed class Picture(byte[] png) : IDisposable
{
    private readonly SKBitmap _bitmap = SKBitmap.Decode(png);

    public int Width => _bitmap.Width;

    public int Height => _bitmap.Height;

    /// <summary>Sum of the three channels, 0 to 765.</summary>
    public int Brightness(int x, int y)
    {
        var pixel = _bitmap.GetPixel(x, y);
        return pixel.Red + pixel.Green + pixel.Blue;
    }

    /// <summary>Pixels of nearly this colour.</summary>
    public int Count(string colour)
    {
        var wanted = SKColor.Parse(colour);
        return _bitmap.Pixels.Count(p =>
            Math.Abs(p.Red - wanted.Red) + Math.Abs(p.Green - wanted.Green) + Math.Abs(p.Blue - wanted.Blue) < 12);
    }

    public void Dispose() => _bitmap.Dispose();
}
