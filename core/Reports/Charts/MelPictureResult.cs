namespace MusicPipeline.Reports.Charts;

/// <summary>A picture of a mel spectrogram, and where in it the data lies, so that a page can put a cursor over it.</summary>
/// <param name="Png">The picture.</param>
/// <param name="Width">Its width, in pixels.</param>
/// <param name="Height">Its height, in pixels.</param>
/// <param name="Left">Left edge of the data rectangle, in pixels from the left: time 0.</param>
/// <param name="Top">Top edge of the data rectangle, in pixels from the top.</param>
/// <param name="Right">Right edge of the data rectangle: time <paramref name="Seconds"/>.</param>
/// <param name="Bottom">Bottom edge of the data rectangle.</param>
/// <param name="Seconds">Time that the data rectangle covers.</param>
public sealed record MelPictureResult(
    byte[] Png, int Width, int Height, int Left, int Top, int Right, int Bottom, double Seconds);
