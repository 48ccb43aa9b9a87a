using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MusicPipeline.Contract.Tests;

/// <summary>NumPy arrays made by hand, and a small data set of them whose classes can be told apart.</summary>
internal static class Arrays
{
    public const int Features = 6;
    public const int Classes = 3;

    /// <summary>A .npy file, version 1, in C order.</summary>
    public static byte[] Npy<T>(string type, T[] values, params int[] shape)
        where T : unmanaged
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}";
        header = header.PadRight(118 - 1) + "\n";
        var start = new byte[10];
        byte[] magic = [0x93, .. "NUMPY"u8, 1, 0];
        magic.CopyTo(start, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)header.Length);
        return [.. start, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values.AsSpan())];
    }

    /// <summary>Rows of features around their class's corner, row-major.</summary>
    public static float[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new float[count * Features];
        for (var index = 0; index < rows.Length; index++)
        {
            var (row, feature) = (index / Features, index % Features);
            rows[index] = (float)((random.NextDouble() * 0.6) + (feature % Classes == row % Classes ? 1 : 0));
        }

        return rows;
    }

    /// <summary>The classes of <see cref="Rows"/>: 0, 1, 2, 0, 1, ...</summary>
    public static long[] Labels(int count) => [.. Enumerable.Range(0, count).Select(row => (long)(row % Classes))];

    /// <summary>The four files of a data set, by their names.</summary>
    public static Dictionary<string, byte[]> Dataset(string name, int trainRows = 240, int testRows = 60, int seed = 1) => new()
    {
        [$"{name}_train_data.npy"] = Npy("<f4", Rows(trainRows, seed), trainRows, Features),
        [$"{name}_train_labels.npy"] = Npy("<i8", Labels(trainRows), trainRows),
        [$"{name}_test_data.npy"] = Npy("<f4", Rows(testRows, seed + 1), testRows, Features),
        [$"{name}_test_labels.npy"] = Npy("<i8", Labels(testRows), testRows),
    };
}
