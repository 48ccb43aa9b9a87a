using System.Runtime.InteropServices;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Reports.Charts;

/// <summary>Draws a mel spectrogram as a labelled heatmap: time in s, mel-spaced frequency in Hz, level in dB.</summary>
public static class MelPicture
{
    private const int Width = 1200;
    private const int Height = 600;
    private const double RangeInDecibels = 80;

    /// <summary>A recording whose loudest cell is at power_to_db's floor of 1e-10 is silent, not evenly loud.</summary>
    private const float SilenceInDecibels = -99.99f;

    // From the lowest level to the highest, each red, green, blue and opaque in the order of bytes.
    private static readonly uint[] Palette =
    [
        .. Enumerable.Range(0, 256).Select(i => ChartStyle.Levels.GetColor(i / 255.0))
            .Select(colour => (uint)(colour.R | (colour.G << 8) | (colour.B << 16) | (0xff << 24))),
    ];

    /// <summary>Draws a mel spectrogram in dB. Levels are shown relative to the loudest cell, 80 dB deep.</summary>
    /// <param name="decibels">bands x frames, in dB. Long recordings are reduced to the maximum of each pixel column.</param>
    /// <param name="title">Title, such as the recording's name.</param>
    /// <exception cref="ArgumentException">The spectrogram has no band or no frame, or not bands x frames values.</exception>
    public static MelPictureResult Draw(MelSpectrogram decibels, string title)
    {
        if (decibels.Bands < 1 || decibels.Frames < 1 || decibels.Values.Length != (long)decibels.Bands * decibels.Frames)
            throw new ArgumentException(
                $"{decibels.Bands} bands x {decibels.Frames} frames do not fit {decibels.Values.Length} values.", nameof(decibels));

        var seconds = Math.Max(1, decibels.Frames - 1) * decibels.SecondsPerFrame;
        using var frame = new ChartFrame(title, Subtitle(decibels), new PixelPadding(106, 146, 80, 96), Width, Height);
        var area = frame.DataArea;
        var (low, high) = (MelScale.FromHertz(decibels.MinFrequency), MelScale.FromHertz(decibels.MaxFrequency));

        // Band i is centred on point i + 1 of bands + 2 points that are evenly spaced in mel.
        var step = (high - low) / (decibels.Bands + 1);
        using var cells = Colour(Pool(decibels, (int)area.Width));
        using var levels = new Image(cells);
        frame.Plot.Add.ImageRect(levels, new CoordinateRect(0, seconds, low + (step / 2), high - (step / 2))).AntiAlias = false;
        frame.Plot.DataBackground.Color = ChartStyle.Levels.GetColor(0);
        frame.Plot.HideGrid();
        frame.Use(
            ChartAxis.Exactly("Time (s)", 0, seconds, ChartTicks.Linear(0, seconds, 12)),
            ChartAxis.Exactly("Frequency (Hz)", low, high, MelFrequencyAxis.Ticks(decibels.MinFrequency, decibels.MaxFrequency)));
        var png = frame.ToPng(pen =>
            ColourBar.Draw(pen, area, ChartStyle.Levels, new ScottPlot.Range(-RangeInDecibels, 0), "Level (dB, loudest = 0)"));
        return new MelPictureResult(
            png, Width, Height, (int)area.Left, (int)area.Top, (int)area.Right, (int)area.Bottom, seconds);
    }

    /// <summary>
    /// One column a pixel: the maximum of the frames that the pixel covers, or the nearest frame. Frame i is centred at
    /// i frame steps. Levels become relative to the maximum; what is not finite counts as silence.
    /// </summary>
    internal static double[,] Pool(MelSpectrogram decibels, int columns)
    {
        var frames = decibels.Frames;
        var peak = decibels.Values.Where(float.IsFinite).DefaultIfEmpty(0).Max();
        if (peak <= SilenceInDecibels) peak = 0;
        var pooled = new double[decibels.Bands, columns];
        var framesPerColumn = Math.Max(1, frames - 1) / (double)columns;
        for (var column = 0; column < columns; column++)
        {
            var first = (int)Math.Round(column * framesPerColumn);
            var last = Math.Max(first, (int)Math.Round((column + 1) * framesPerColumn) - 1);
            if (column == columns - 1) last = Math.Max(last, frames - 1);
            (first, last) = (Math.Min(first, frames - 1), Math.Min(last, frames - 1));
            for (var band = 0; band < decibels.Bands; band++)
            {
                var loudest = -RangeInDecibels;
                foreach (var level in decibels.Values.AsSpan((band * frames) + first, last - first + 1))
                {
                    if (float.IsFinite(level) && level - peak > loudest) loudest = level - peak;
                }

                pooled[band, column] = loudest;
            }
        }

        return pooled;
    }

    // ScottPlot's own heatmap asks its colour map for every cell, and does so again at each setting.
    private static SKBitmap Colour(double[,] levels)
    {
        var (bands, columns) = (levels.GetLength(0), levels.GetLength(1));
        var image = new SKBitmap(new SKImageInfo(columns, bands, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = MemoryMarshal.Cast<byte, uint>(image.GetPixelSpan());
        for (var band = 0; band < bands; band++)
        {
            var row = pixels.Slice((bands - 1 - band) * columns, columns);
            for (var column = 0; column < columns; column++)
                row[column] = Palette[(int)Math.Round((levels[band, column] + RangeInDecibels) / RangeInDecibels * (Palette.Length - 1))];
        }

        return image;
    }

    private static string Subtitle(MelSpectrogram mel) =>
        $"Mel spectrogram, {mel.Bands} bands from {mel.MinFrequency:0.#} to {mel.MaxFrequency:0.#} Hz, " +
        $"{mel.SecondsPerFrame * 1000:0.#} ms a frame, {mel.SampleRate:0.###} Hz sample rate";
}
