using ScottPlot;
using ScottPlot.Colormaps;

namespace MusicPipeline.Reports.Charts;

/// <summary>How every chart looks: sizes in pixels at a width of 1200, and colours that a colour-blind reader can tell apart.</summary>
internal static class ChartStyle
{
    public const int Width = 1200;
    public const int Height = 750;

    public const float TitleSize = 27;
    public const float SubtitleSize = 18.5f;
    public const float LabelSize = 20;
    public const float TickSize = 18;
    public const float NoteSize = 16.5f;
    public const float LineWidth = 2.6f;
    public const float MarkerSize = 11;

    public static readonly Color Text = Color.FromHex("#1f2328");
    public static readonly Color QuietText = Color.FromHex("#57606a");
    public static readonly Color AxisLine = Color.FromHex("#6e7781");
    public static readonly Color GridLine = Color.FromHex("#dfe3e8");
    public static readonly Color MinorGridLine = Color.FromHex("#f3f4f6");
    public static readonly Color Others = Color.FromHex("#c9ced4");

    /// <summary>Okabe and Ito's palette without its yellow, which is too light for a line on white.</summary>
    private static readonly Color[] OkabeIto =
    [
        Color.FromHex("#0072b2"), Color.FromHex("#d55e00"), Color.FromHex("#009e73"), Color.FromHex("#cc79a7"),
        Color.FromHex("#e69f00"), Color.FromHex("#56b4e9"), Color.FromHex("#000000"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp,
        MarkerShape.OpenDiamond,
    ];

    private static readonly LinePattern[] Patterns =
    [
        LinePattern.Solid, new LinePattern([13, 5], 0, "Long dashes"), new LinePattern([3, 4], 0, "Dots"),
        new LinePattern([13, 4, 3, 4], 0, "Dash and dot"),
    ];

    /// <summary>Magma on measured levels: its lightness rises evenly, so louder always looks brighter.</summary>
    public static IColormap Levels { get; } = new Magma();

    /// <summary>Viridis for what has an order.</summary>
    public static IColormap Ordered { get; } = new Viridis();

    /// <summary>Whether white text on a ground, which lies on white, reads better than black text (WCAG 2.2, contrast ratio).</summary>
    public static bool WantsLightText(Color ground)
    {
        var luminance = (0.2126 * Linear(ground.R)) + (0.7152 * Linear(ground.G)) + (0.0722 * Linear(ground.B));
        return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05;

        double Linear(byte channel)
        {
            var seen = 1 + (((channel / 255.0) - 1) * ground.A / 255);
            return seen <= 0.04045 ? seen / 12.92 : Math.Pow((seen + 0.055) / 1.055, 2.4);
        }
    }

    /// <summary>The look of one of a few series that have no order.</summary>
    public static SeriesLook Category(int index) => new(
        OkabeIto[index % OkabeIto.Length], Patterns[index % Patterns.Length], Markers[index % Markers.Length]);

    /// <summary>
    /// The look of one of several series in a natural order, such as sizes: dark violet to green, short of the yellow
    /// end that white would swallow; patterns and markers tell neighbours apart.
    /// </summary>
    public static SeriesLook InOrder(int index, int count) => new(
        Ordered.GetColor(count == 1 ? 0 : 0.86 * index / (count - 1)),
        Patterns[index % 2],
        Markers[index % Markers.Length]);
}
