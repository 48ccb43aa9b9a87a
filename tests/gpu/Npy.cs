using System.Buffers.Binary;
using System.Text;

namespace MusicPipeline.GpuCheck;

/// <summary>Just enough of .npy for little-endian numbers.</summary>
internal static class Npy
{
    /// <summary>All numbers of an array and its first length.</summary>
    public static (double[] Values, int Rows) Read(string folder, string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, name + ".npy"));
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        var type = After(header, "'descr': '", '\'');
        var rows = int.Parse(After(header, "'shape': (", ','));
        var size = type[^1] - '0';
        var values = new double[(bytes.Length - start) / size];
        for (var i = 0; i < values.Length; i++)
        {
            var at = start + (i * size);
            values[i] = type[1..] switch
            {
                "f8" => BitConverter.ToDouble(bytes, at),
                "f4" => BitConverter.ToSingle(bytes, at),
                "i8" => BitConverter.ToInt64(bytes, at),
                "i4" => BitConverter.ToInt32(bytes, at),
                "u1" => bytes[at],
                _ => throw new NotSupportedException($"{name}.npy holds {type}."),
            };
        }

        return (values, rows);
    }

    /// <summary>All numbers of an array in single precision.</summary>
    public static float[] Floats(string folder, string name) => [.. Read(folder, name).Values.Select(value => (float)value)];

    private static string After(string text, string start, char end)
    {
        var rest = text[(text.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        return rest[..rest.IndexOf(end, StringComparison.Ordinal)];
    }
}
