using System.Buffers.Binary;
using System.Text.RegularExpressions;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Tests.Training;

/// <summary>The arrays of the recorded float64 run.</summary>
internal static partial class RecordedRun
{
    public static float[] Floats(string name) => [.. Read(name).Select(value => (float)value)];

    /// <summary>Just enough of .npy for these little-endian arrays.</summary>
    public static double[] Read(string name)
    {
        var bytes = File.ReadAllBytes(RepositoryPaths.Shared("training-reference", name + ".npy"));
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var type = Descriptor().Match(System.Text.Encoding.ASCII.GetString(bytes, 0, start)).Value;
        Func<int, double> read = type switch
        {
            "<f8" => i => BitConverter.ToDouble(bytes, i),
            "<f4" => i => BitConverter.ToSingle(bytes, i),
            "<i8" => i => BitConverter.ToInt64(bytes, i),
            _ => i => BitConverter.ToInt32(bytes, i),
        };
        var size = type[2] - '0';
        return [.. Enumerable.Range(0, (bytes.Length - start) / size).Select(i => read(start + (i * size)))];
    }

    [GeneratedRegex("(?<='descr': ')[^']+", RegexOptions.None, 1000)]
    private static partial Regex Descriptor();
}
