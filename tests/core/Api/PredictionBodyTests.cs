using System.Text;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class PredictionBodyTests
{
    private const string Remedy = "; send {\"rows\": [[...], ...]}";

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    public async Task Reads_Rows_Of_Json(string contentType)
    {
        var rows = await PredictionBody.ReadAsync(Body("{\"rows\": [[1, 2.5], [-3e2, 0], [4, 5]]}"), contentType);

        Assert.Equal((3, 2), (rows.Features.Length / rows.FeatureCount, rows.FeatureCount));
        Assert.Equal([1, 2.5f, -300, 0, 4, 5], rows.Features);
    }

    [Fact]
    public async Task Takes_A_Byte_Order_Mark()
    {
        var rows = await PredictionBody.ReadAsync(Body("\uFEFF{\"rows\": [[1, 2]]}"), "application/json");

        Assert.Equal([1, 2], rows.Features);
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-npy")]
    public async Task Reads_A_Npy_File(string contentType)
    {
        var rows = await PredictionBody.ReadAsync(new MemoryStream(await NpyAsync([1.0, 2, 3, 4, 5, 6], [2, 3])), contentType);

        Assert.Equal((2, 3), (rows.Features.Length / rows.FeatureCount, rows.FeatureCount));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Features);
    }

    [Theory]
    [InlineData("{}", "the body has no rows" + Remedy + " with at least one row.")]
    [InlineData("{\"row\": [[1]]}", "the body has no rows" + Remedy + " with at least one row.")]
    [InlineData("{\"rows\": []}", "the body has no rows" + Remedy + " with at least one row.")]
    [InlineData("{\"rows\": [[]]}", "the body has no rows" + Remedy + " with at least one row.")]
    [InlineData("null", "the body has no rows" + Remedy + " with at least one row.")]
    [InlineData("{\"rows\": [[1, 2], [3]]}", "row 1 has 1 features and row 0 has 2; send rows of one length.")]
    [InlineData("{\"rows\": [[1, 2], null]}", "row 1 has 0 features and row 0 has 2; send rows of one length.")]
    [InlineData(
        "{\"rows\": [[1, \"two\"]]}",
        "the body holds no rows of numbers (it has a value of the wrong type at $.rows[0][1])" + Remedy + ".")]
    [InlineData("{\"rows\": [1, 2]}", "the body holds no rows of numbers (it has a value of the wrong type at $.rows[0])" + Remedy + ".")]
    [InlineData("[[1, 2]]", "the body holds no rows of numbers (it has a value of the wrong type at $)" + Remedy + ".")]
    [InlineData("", "the body holds no rows of numbers (it is not JSON, from line 1, byte 1 on)" + Remedy + ".")]
    [InlineData("{\"rows\": [[1,]]}", "the body holds no rows of numbers (it is not JSON, from line 1, byte 14 on)" + Remedy + ".")]
    public async Task Says_What_Is_Wrong_With_Json(string body, string message)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => PredictionBody.ReadAsync(Body(body), "application/json"));

        Assert.Equal((message, InputErrorKind.Invalid), (exception.Message, exception.Kind));
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData("text/csv", "text/csv")]
    public async Task Says_Which_Types_It_Reads(string? contentType, string shown)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => PredictionBody.ReadAsync(Body("1,2"), contentType));

        Assert.Equal(
            $"a body of type '{shown}' is not read here; send application/json with {{\"rows\": [[...], ...]}}, "
            + "or a .npy file as application/octet-stream.",
            exception.Message);
        Assert.Equal(InputErrorKind.UnsupportedType, exception.Kind);
    }

    [Fact]
    public async Task An_Array_Must_Be_A_Matrix()
    {
        Assert.StartsWith("the array has the shape (3,);", await MessageAsync(await NpyAsync([1.0, 2, 3], [3])), StringComparison.Ordinal);
        Assert.StartsWith(
            "the array has the shape (0, 3);", await MessageAsync(await NpyAsync<double>([], [0, 3])), StringComparison.Ordinal);
        Assert.StartsWith(
            "the array has the shape (3, 0);", await MessageAsync(await NpyAsync<double>([], [3, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_Bytes_End_In_A_Sentence()
    {
        var whole = await NpyAsync([1.0, 2, 3, 4], [2, 2]);
        for (var length = 0; length < whole.Length; length++)
            Assert.EndsWith(".", await MessageAsync(whole[..length]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Body_Has_A_Limit()
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => PredictionBody.ReadAsync(new Zeros(), "application/octet-stream"));

        Assert.Equal(("the body is longer than 64 MiB; send less at once.", InputErrorKind.TooLarge), (exception.Message, exception.Kind));
    }

    private static async Task<string> MessageAsync(byte[] npy) =>
        (await Assert.ThrowsAnyAsync<InputException>(
            () => PredictionBody.ReadAsync(new MemoryStream(npy), "application/octet-stream"))).Message;

    private static async Task<byte[]> NpyAsync<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        await NpyWriter.WriteAsync<T>(stream, values, shape);
        return stream.ToArray();
    }

    private static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A body without an end.</summary>
    private sealed class Zeros : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(buffer.Length);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
