namespace MusicPipeline.Local.Cli;

/// <summary>Numbers of things in words.</summary>
internal static class Counted
{
    /// <summary><c>1 epoch</c>, <c>20 epochs</c>.</summary>
    public static string Of(long number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    /// <summary><c>1 of 1 trial was</c>, <c>1 of 3 trials was</c>, <c>2 of 3 trials were</c>.</summary>
    public static string OfAll(long number, long all, string noun, string one, string many) =>
        $"{number} of {Of(all, noun)} {(number == 1 ? one : many)}";
}
