using System.Text;
using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Results;

namespace MusicPipeline.Http;

/// <summary>
/// Writes events of a sweep as server-sent events (HTML Living Standard, section 9.2), each with its data as one line of
/// JSON. A client that sends the last id as <c>Last-Event-ID</c> goes on from there.
/// </summary>
public static class EventStream
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Headers of the answer: nobody on the way keeps the events, neither for later nor until there are more.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
        [new("Cache-Control", "no-cache"), new("X-Accel-Buffering", "no")];

    /// <summary>The request header that says where to go on.</summary>
    public const string LastEventId = "Last-Event-ID";

    // How long a client waits before it connects again.
    private const int RetryMilliseconds = 2000;

    /// <summary>Writes until the events end, or quietly until the client is gone.</summary>
    /// <param name="body">The body of the answer.</param>
    /// <param name="events">The events.</param>
    /// <param name="cancellationToken">The client has gone or the host stops.</param>
    public static async Task WriteAsync(
        Stream body, IAsyncEnumerable<SweepEvent> events, CancellationToken cancellationToken = default)
    {
        try
        {
            await WriteTextAsync(body, $"retry: {RetryMilliseconds}\n\n", cancellationToken);
            await using var each = events.GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var next = each.MoveNextAsync();
                if (!next.IsCompleted) await body.FlushAsync(cancellationToken);
                if (!await next) return;
                await WriteTextAsync(body, TextOf(each.Current), cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is left to answer, in whatever way the connection or a call on its behalf broke off.
        }
    }

    private static ValueTask WriteTextAsync(Stream body, string text, CancellationToken cancellationToken) =>
        body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    private static string TextOf(SweepEvent happened)
    {
        // A line that starts with a colon is a comment, which keeps proxies from closing a quiet connection.
        if (happened.Name == SweepEvent.SignOfLife) return ": still here\n\n";
        var id = happened.Id is null ? "" : $"id: {happened.Id}\n";
        return $"event: {happened.Name}\n{id}data: {JsonSerializer.Serialize(happened.Data, PipelineJson.Compact)}\n\n";
    }
}
