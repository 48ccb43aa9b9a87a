using MusicPipeline.Errors;

namespace MusicPipeline.Api;

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
            if (memory.Length + read > maxBytes)
            {
                throw new InputException(
                    $"the body is longer than {maxBytes >> 20} MiB", "send less at once", kind: InputErrorKind.TooLarge);
            }

            memory.Write(buffer, 0, read);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
