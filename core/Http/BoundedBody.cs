using System.Text;
using MusicPipeline.Errors;

namespace MusicPipeline.Http;

/// <summary>Reads a request's body into memory, up to a limit.</summary>
internal static class BoundedBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        var memory = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (memory.Length + read > maxBytes) throw TooLong(maxBytes);
            memory.Write(buffer, 0, read);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    /// <summary>Reads JSON, without the byte order mark that some editors and shells write before it.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadJsonAsync(
        Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(body, maxBytes, cancellationToken);
        return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    /// <summary>The error of a body that is too long.</summary>
    public static InputException TooLong(int maxBytes) =>
        new($"the body is longer than {maxBytes >> 20} MiB", "send less at once", kind: InputErrorKind.TooLarge);
}
