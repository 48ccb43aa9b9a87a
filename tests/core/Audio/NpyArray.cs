using System.Runtime.InteropServices;
using System.Text;

namespace MusicPipeline.Tests.Audio;

/// <summary>Reads the float arrays of the reference material.</summary>
internal static class NpyArray
{
    public static double[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        return header.Contains("<f8", StringComparison.Ordinal)
            ? MemoryMarshal.Cast<byte, double>(bytes.AsSpan(start)).ToArray()
            : [.. MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start)).ToArray().Select(v => (double)v)];
    }

    public static float[] ReadSingle(string path) => [.. Read(path).Select(v => (float)v)];
}
