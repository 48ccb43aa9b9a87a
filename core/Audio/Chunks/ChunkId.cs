using System.Globalization;

namespace MusicPipeline.Audio.Chunks;

/// <summary>Four-character codes as people can read them.</summary>
internal static class ChunkId
{
    /// <summary>Whether all four characters are printable ASCII, as the formats ask for.</summary>
    public static bool IsPlausible(string id) => id.All(c => c is >= ' ' and <= '~');

    /// <summary>The code, or its bytes in hexadecimal where it holds something unprintable.</summary>
    public static string Show(string id) => IsPlausible(id)
        ? $"'{id}'"
        : "0x" + string.Concat(id.Select(c => ((int)c).ToString("X2", CultureInfo.InvariantCulture)));
}
