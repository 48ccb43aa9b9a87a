using System.Runtime.InteropServices;
using CsCheck;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

public sealed class NpyReaderTests
{
    private static readonly Gen<long[]> Shapes = Gen.Long[0, 7].Array[0, 4];

    public static TheoryData<string> Types =>
        [
            "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", ">i2", ">i4", ">i8", ">u2", ">u4", ">u8",
            ">f2", ">f4", ">f8",
        ];

    [Theory]
    [MemberData(nameof(Types))]
    public Task Reads_Every_Type_Order_And_Version(string descr) =>
        Gen.Select(Shapes, Gen.Bool, Gen.Int[1, 3], Gen.ULong.Array[2401]).SampleAsync(
            async (shape, fortran, version, random) =>
            {
                var count = (int)shape.Aggregate(1L, (product, axis) => product * axis);
                var (expected, bytes) = Elements(descr, random.AsSpan(0, count));
                var file = NpyBytes.File(descr, fortran, shape, Concat(bytes, shape, fortran), version);

                var reader = await NpyReader.OpenAsync(NpyBytes.Stream(file));
                Assert.Equal((descr, fortran, version), (reader.Header.Descriptor, reader.Header.FortranOrder, reader.Header.Version));
                Assert.Equal(shape, reader.Header.Shape);
                Assert.Equal(expected, await reader.ReadDoublesAsync());

                reader = await NpyReader.OpenAsync(NpyBytes.Stream(file));
                Assert.Equal(Array.ConvertAll(expected, value => (float)value), await reader.ReadSinglesAsync());

                reader = await NpyReader.OpenAsync(NpyBytes.Stream(file));
                if (descr[1] == 'f')
                {
                    var error = await Assert.ThrowsAsync<InputException>(() => reader.ReadIntegersAsync());
                    Assert.Contains("floating-point", error.Message);
                }
                else
                {
                    var integers = await reader.ReadIntegersAsync();
                    Assert.Equal(expected, Array.ConvertAll(integers, value => (double)value));
                }
            },
            iter: 60);

    [Fact]
    public async Task Reads_64_Bit_Integers_Exactly()
    {
        long[] values = [long.MinValue, long.MaxValue, -1, 0, 9_007_199_254_740_993];
        var reader = await NpyReader.OpenAsync(NpyBytes.Stream(NpyBytes.File("<i8", false, [5], Bytes(values))));
        Assert.Equal(values, await reader.ReadIntegersAsync());
    }

    [Fact]
    public async Task Keeps_NaN_And_Makes_Doubles_Beyond_Float32_Infinite()
    {
        double[] values = [double.NaN, 1e39, -1e39, 1e-50, 0.1, 3, 4, 5, 6, 7, 8, -1e300, double.NegativeInfinity, 1, 2, 3, 4];
        var reader = await NpyReader.OpenAsync(NpyBytes.Stream(NpyBytes.File("<f8", false, [17], Bytes(values))));
        Assert.Equal(Array.ConvertAll(values, value => (float)value), await reader.ReadSinglesAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reads_Arrays_Of_Many_Blocks(bool fortran)
    {
        const int Rows = 3001;
        const int Columns = 97;
        var values = new int[Rows * Columns];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                values[fortran ? (column * Rows) + row : (row * Columns) + column] = (row * Columns) + column;
        }

        var file = NpyBytes.File("<i4", fortran, [Rows, Columns], Bytes(values));
        var reader = await NpyReader.OpenAsync(new TricklingStream(file), file.Length);
        Assert.Equal(Enumerable.Range(0, values.Length).Select(value => (float)value), await reader.ReadSinglesAsync());
    }

    [Fact]
    public async Task A_Stream_That_Is_Shorter_Or_Longer_Than_Given_Is_Refused()
    {
        var file = NpyBytes.File("<f4", false, [100], new byte[400]);
        var reader = await NpyReader.OpenAsync(new TricklingStream(file[..^7]), file.Length);
        var error = await Assert.ThrowsAsync<InputException>(() => reader.ReadSinglesAsync());
        Assert.Contains("ends 7 bytes before the 400 that its header promises", error.Message);

        reader = await NpyReader.OpenAsync(new TricklingStream([.. file, 1]), file.Length);
        error = await Assert.ThrowsAsync<InputException>(() => reader.ReadSinglesAsync());
        Assert.Contains("goes on after the 400 bytes", error.Message);
    }

    [Fact]
    public async Task A_Stream_That_Cannot_Seek_Needs_Its_Length() =>
        await Assert.ThrowsAsync<ArgumentException>(() => NpyReader.OpenAsync(new TricklingStream([])).AsTask());

    [Fact]
    public async Task An_Array_Is_Read_Once()
    {
        var reader = await NpyReader.OpenAsync(NpyBytes.Stream(NpyBytes.File("<f4", false, [1], new byte[4])));
        await reader.ReadSinglesAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadSinglesAsync());
    }

    // One element of the given type from each random number: its value and its bytes as the file has them.
    private static (double[] Values, byte[][] Bytes) Elements(string descr, ReadOnlySpan<ulong> random)
    {
        var values = new double[random.Length];
        var bytes = new byte[random.Length][];
        for (var i = 0; i < random.Length; i++)
        {
            var r = random[i];
            (values[i], bytes[i]) = descr[1..] switch
            {
                "b1" => (r & 1, [(byte)(r & 1)]),
                "i1" => ((sbyte)r, [(byte)r]),
                "u1" => ((byte)r, [(byte)r]),
                "i2" => ((short)r, BitConverter.GetBytes((short)r)),
                "u2" => ((ushort)r, BitConverter.GetBytes((ushort)r)),
                "i4" => ((int)r, BitConverter.GetBytes((int)r)),
                "u4" => ((uint)r, BitConverter.GetBytes((uint)r)),
                // 53 bits, so that no rounding stands between the paths that are compared.
                "i8" => ((long)r >> 11, BitConverter.GetBytes((long)r >> 11)),
                "u8" => (r >> 11, BitConverter.GetBytes(r >> 11)),
                "f2" => ((double)BitConverter.UInt16BitsToHalf((ushort)r), BitConverter.GetBytes((ushort)r)),
                "f4" => (BitConverter.UInt32BitsToSingle((uint)r), BitConverter.GetBytes((uint)r)),
                _ => (BitConverter.UInt64BitsToDouble(r), BitConverter.GetBytes(r)),
            };
            if (descr[0] == '>') Array.Reverse(bytes[i]);
        }

        return (values, bytes);
    }

    // Row-major elements in the file's order, by the plain definition: the last or the first index runs fastest.
    private static byte[] Concat(byte[][] elements, long[] shape, bool fortran)
    {
        if (!fortran) return [.. elements.SelectMany(element => element)];
        var file = new byte[elements.Length][];
        for (var i = 0; i < elements.Length; i++)
        {
            long rest = i, place = 0;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += rest % shape[axis] * shape[..axis].Aggregate(1L, (product, length) => product * length);
                rest /= shape[axis];
            }

            file[place] = elements[i];
        }

        return [.. file.SelectMany(element => element)];
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
