using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

public sealed class NpyHeaderTests
{
    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("{\"shape\":(2,3),\"fortran_order\":False,\"descr\":\"<f4\"}")]
    [InlineData("  {'fortran_order': False , 'shape' : ( 2L , 3L , ) , 'descr':\t'<f4' ,}   \n")]
    [InlineData("{'descr': 'f4', 'fortran_order': False, 'shape': (2, 3)}\n\n")]
    [InlineData("{'descr': '=f4', 'fortran_order': False, 'shape': (2, 3)}")]
    public async Task Reads_Any_Spelling_Of_The_Dictionary(string header)
    {
        var read = await HeaderAsync(header, 24);
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal("<f4", read.Descriptor);
        Assert.Equal("(2, 3)", read.ShapeText);
        Assert.False(read.FortranOrder);
    }

    [Fact]
    public async Task Any_Alignment_Will_Do()
    {
        foreach (var spaces in Enumerable.Range(0, 9))
        {
            var file = NpyBytes.File("{'descr': '<i2', 'fortran_order': False, 'shape': (2,)}" + new string(' ', spaces), [1, 0, 2, 0]);
            var reader = await NpyReader.OpenAsync(NpyBytes.Stream(file));
            var values = await reader.ReadIntegersAsync();
            Assert.Equal([1, 2], values);
        }
    }

    // The whole table of numpy.dtype on 64-bit Linux: names stand alone, codes also after a byte order.
    [Theory]
    [InlineData("bool", "? b1", "bool bool_ bool8")]
    [InlineData("int8", "b i1", "int8 byte")]
    [InlineData("int16", "h i2", "int16 short")]
    [InlineData("int32", "i i4", "int32 intc")]
    [InlineData("int64", "l q p i8", "int64 int int_ int0 intp long longlong")]
    [InlineData("uint8", "B u1", "uint8 ubyte")]
    [InlineData("uint16", "H u2", "uint16 ushort")]
    [InlineData("uint32", "I u4", "uint32 uintc")]
    [InlineData("uint64", "L Q P u8", "uint64 uint uint0 uintp ulong ulonglong")]
    [InlineData("float16", "e f2", "float16 half")]
    [InlineData("float32", "f f4", "float32 single")]
    [InlineData("float64", "d f8", "float64 float float_ double")]
    public async Task Reads_Types_By_Names_And_Codes_As_NumPy_Does(string type, string codes, string names)
    {
        foreach (var descr in codes.Split(' ')
            .SelectMany(code => (string[])[code, "<" + code, "=" + code, "|" + code])
            .Concat(names.Split(' ')))
        {
            var read = await HeaderAsync($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (0,)}}", 0);
            Assert.Equal((descr, type, false), (descr, read.ElementName, read.BigEndian));
        }

        foreach (var code in codes.Split(' '))
        {
            var read = await HeaderAsync($"{{'descr': '>{code}', 'fortran_order': False, 'shape': (0,)}}", 0);
            Assert.Equal((type, true), (read.ElementName, read.BigEndian));
        }
    }

    [Fact]
    public async Task The_Elements_Of_A_Named_Type_Are_Read()
    {
        var file = NpyBytes.File("{'descr': '>d', 'fortran_order': False, 'shape': (1,)}", [0x3F, 0xF8, 0, 0, 0, 0, 0, 0]);
        var doubles = await (await NpyReader.OpenAsync(NpyBytes.Stream(file))).ReadDoublesAsync();
        file = NpyBytes.File("{'descr': 'float32', 'fortran_order': False, 'shape': (2,)}", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]);
        var singles = await (await NpyReader.OpenAsync(NpyBytes.Stream(file))).ReadSinglesAsync();
        Assert.Equal([1.5], doubles);
        Assert.Equal([1, -2], singles);
    }

    [Theory]
    [InlineData("|O", "Python objects ('|O'), which are a pickle and never read")]
    [InlineData("|V12", "structures or raw bytes")]
    [InlineData("|S7", "byte strings")]
    [InlineData("<U5", "Unicode strings")]
    [InlineData("<M8[ns]", "dates")]
    [InlineData("<m8[s]", "time spans")]
    [InlineData("<c8", "complex numbers")]
    [InlineData(">c16", "complex numbers")]
    [InlineData("<f16", "long doubles")]
    [InlineData("longdouble", "long doubles")]
    [InlineData(">g", "long doubles")]
    [InlineData("complex64", "complex numbers")]
    [InlineData("=D", "complex numbers")]
    [InlineData("object", "Python objects")]
    [InlineData("str", "Unicode strings")]
    [InlineData("bytes", "byte strings")]
    [InlineData("c", "byte strings")]
    [InlineData("void", "structures or raw bytes")]
    [InlineData("datetime64[ns]", "dates")]
    [InlineData("timedelta64", "time spans")]
    [InlineData("<float32", "element type '<float32' is unknown")]
    [InlineData("Float32", "element type 'Float32' is unknown")]
    [InlineData("!f4", "element type '!f4' is unknown")]
    [InlineData("<i3", "element type '<i3' is unknown")]
    [InlineData("<", "element type '<' is unknown")]
    [InlineData("", "element type '' is unknown")]
    public async Task Refuses_Other_Types_By_Name(string descr, string reason)
    {
        var error = await RefusedAsync($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (1,), }}");
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData(
        "{'descr': [('x', '<f4'), ('y\\'s', '<i4', (2, 2))], 'fortran_order': False, 'shape': (1,)}", "structures (records with fields)")]
    [InlineData("{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,)}", "descr is no type string")]
    [InlineData("{'descr': 4, 'fortran_order': False, 'shape': (1,)}", "descr is no type string")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "fortran_order is neither True nor False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}", "shape is no tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [1]}", "shape is no tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "shape is no tuple of lengths of 0 or more")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (True,)}", "shape is no tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (None,)}", "shape is no tuple")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}", "'.' at character 53 is not expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", "a number of more than 63 bits")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (01,)}", "is not expected there")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "other keys")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", "other keys")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "a key occurs twice")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + 1", "'+' at character 57 is not expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (1,)}", "is not expected there")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,", "it ends too early")]
    [InlineData("{'descr': '<f4", "it ends too early")]
    [InlineData("('descr', '<f4')", "other keys")]
    [InlineData("", "it ends too early")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': ((((((((((((((((((1,),),),),),),),),),),),),),),),),),)}",
        "nests more than 16 levels")]
    public async Task Refuses_What_NumPy_Does_Not_Write(string header, string reason)
    {
        var error = await RefusedAsync(header);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData(
        "(1000000, 1000000)",
        "promises (1000000, 1000000) float32 values, 4,000,000,000,000 bytes, but 4 bytes follow it: 3,999,999,999,996 are missing")]
    [InlineData("(4611686018427387904, 4)", "more elements than any file")]
    [InlineData("(0,)", "0 bytes, but 4 bytes follow it: 4 too many")]
    [InlineData("(2,)", "8 bytes, but 4 bytes follow it: 4 are missing")]
    public async Task Compares_The_Shape_With_The_Length(string shape, string reason)
    {
        var error = await RefusedAsync($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}}}");
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task A_Zero_Axis_Makes_An_Empty_Array_However_Long_The_Others_Are()
    {
        var header = await HeaderAsync($"{{'descr': '<f8', 'fortran_order': True, 'shape': (0, {long.MaxValue}, {long.MaxValue})}}", 0);
        Assert.Equal(0, header.Count);
    }

    [Fact]
    public async Task Refuses_Long_Headers_And_Many_Axes()
    {
        var longHeader = await RefusedAsync("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}" + new string(' ', 10_000));
        Assert.Contains("more than 10,000 characters", longHeader.Message);
        var axes = await RefusedAsync(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + string.Concat(Enumerable.Repeat("1,", 65)) + ")}");
        Assert.Contains("65 axes", axes.Message);
    }

    [Fact]
    public async Task Version_3_Is_Utf_8()
    {
        var file = NpyBytes.File("{'descr': '<f4é', 'fortran_order': False, 'shape': (1,)}", new byte[4], version: 3);
        var error = await Assert.ThrowsAsync<InputException>(() => NpyReader.OpenAsync(NpyBytes.Stream(file)).AsTask());
        Assert.Contains("'<f4é' is unknown", error.Message);
        file[25] = 0xFF;
        file[26] = 0xFF;
        error = await Assert.ThrowsAsync<InputException>(() => NpyReader.OpenAsync(NpyBytes.Stream(file)).AsTask());
        Assert.Contains("not UTF-8", error.Message);
    }

    [Theory]
    [InlineData(new byte[0], "the file is empty")]
    [InlineData(new byte[] { 0x93, 0x4E }, "does not begin as a .npy file")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0, 0 }, "zip archive (.npz)")]
    [InlineData(new byte[] { 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 5 }, "ends within its header")]
    [InlineData(new byte[] { 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 1, 5, 0 }, "version 1.1")]
    public async Task Refuses_What_Is_No_Npy_File(byte[] file, string reason)
    {
        var error = await Assert.ThrowsAsync<InputException>(() => NpyReader.OpenAsync(NpyBytes.Stream(file)).AsTask());
        Assert.Contains(reason, error.Message);
    }

    private static async Task<NpyHeader> HeaderAsync(string header, int dataLength) =>
        (await NpyReader.OpenAsync(NpyBytes.Stream(NpyBytes.File(header, new byte[dataLength])))).Header;

    private static Task<InputException> RefusedAsync(string header) =>
        Assert.ThrowsAsync<InputException>(() => HeaderAsync(header, 4));
}
