using System.Text;
using CsCheck;
using MusicPipeline.Data.Arrays;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

public sealed class NpyWriterTests
{
    [Fact]
    public async Task Writes_What_NumPy_Writes()
    {
        // numpy.save of NumPy 1.24.2: 10 bytes, the dictionary, spaces and a line feed up to 128 bytes, the elements.
        await EqualAsync<float>(
            [1, -2, 3, 4, 5, 6.5f],
            [2, 3],
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            "0000803f000000c000004040000080400000a0400000d040");
        await EqualAsync<long>(
            [-1, 1L << 40], [2], "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", "ffffffffffffffff0000000000010000");
        await EqualAsync<double>([2.5], [], "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "0000000000000440");
        await EqualAsync<float>([], [0, 120], "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 120), }", string.Empty);
        await EqualAsync<bool>([true, false], [2], "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", "0100");

        static async Task EqualAsync<T>(T[] values, long[] shape, string header, string data)
            where T : unmanaged
        {
            byte[] expected =
            [
                .. Convert.FromHexString("934e554d505901007600"),
                .. Encoding.ASCII.GetBytes(header.PadRight(117) + "\n"),
                .. Convert.FromHexString(data),
            ];
            Assert.Equal(expected, await WriteAsync(values, shape));
        }
    }

    [Fact]
    public Task Every_Type_Comes_Back() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 9], Gen.Byte.Array[81 * 8]).SampleAsync(
            async (rows, columns, random) =>
            {
                await ComesBackAsync(BitConverter.ToDouble, rows, columns, random, r => r.ReadDoublesAsync(), (x, y) => x.Equals(y));
                await ComesBackAsync(BitConverter.ToSingle, rows, columns, random, r => r.ReadSinglesAsync(), (x, y) => x.Equals(y));
                await ComesBackAsync(BitConverter.ToHalf, rows, columns, random, r => r.ReadSinglesAsync(), (x, y) => ((float)x).Equals(y));
                await ComesBackAsync(BitConverter.ToInt64, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync(BitConverter.ToInt32, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync(BitConverter.ToInt16, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync((b, i) => (sbyte)b[i], rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync((b, i) => b[i], rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync(BitConverter.ToUInt16, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync(BitConverter.ToUInt32, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == y);
                await ComesBackAsync(
                    (b, i) => BitConverter.ToUInt64(b, i) >> 1, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => (long)x == y);
                await ComesBackAsync((b, i) => b[i] > 100, rows, columns, random, r => r.ReadIntegersAsync(), (x, y) => x == (y == 1));
            },
            iter: 50);

    [Fact]
    public async Task Large_Arrays_Are_Aligned_And_Come_Back()
    {
        var values = Enumerable.Range(0, 300_000).Select(i => i * 0.5f).ToArray();
        var file = await WriteAsync(values, [3, 1000, 100]);
        Assert.Equal(0, (file.Length - (values.Length * 4)) % 64);
        Assert.Equal(values, await (await NpyReader.OpenAsync(NpyBytes.Stream(file))).ReadSinglesAsync());
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(-2, -3)]
    public async Task A_Shape_That_Does_Not_Fit_The_Values_Is_An_Error(long rows, long columns)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new float[6], [rows, columns]));
        await Assert.ThrowsAsync<NotSupportedException>(() => WriteAsync(new decimal[1], [1]));
    }

    private static async Task ComesBackAsync<T, TRead>(
        Func<byte[], int, T> make,
        int rows,
        int columns,
        byte[] random,
        Func<NpyReader, Task<TRead[]>> readAsync,
        Func<T, TRead, bool> same)
        where T : unmanaged
    {
        var values = Enumerable.Range(0, rows * columns).Select(i => make(random, i * 8)).ToArray();
        var file = await WriteAsync(values, [rows, columns]);
        Assert.Equal(NpyWriter.Length<T>([rows, columns]), file.Length);
        var reader = await NpyReader.OpenAsync(NpyBytes.Stream(file));
        var read = await readAsync(reader);
        Assert.Equal([rows, columns], reader.Header.Shape);
        Assert.Equal(values.Length, read.Length);
        Assert.All(values.Zip(read), pair => Assert.True(same(pair.First, pair.Second)));
    }

    private static async Task<byte[]> WriteAsync<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        var stream = new MemoryStream();
        await NpyWriter.WriteAsync<T>(stream, values, shape);
        return stream.ToArray();
    }
}
