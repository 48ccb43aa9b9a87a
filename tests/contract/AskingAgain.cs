using System.Net;

namespace MusicPipeline.Contract.Tests;

/// <summary>
/// Asks again where the host says that storage does not answer just now, as it asks its clients to: on a busy machine storage is slow for a
/// moment at any time. Waits for the host's leave to send a body that needs it; what passes requests on may keep it to itself.
/// </summary>
internal sealed class AskingAgain() : DelegatingHandler(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(20) })
{
    /// <summary>A header that the answer has where it was asked for more than once: what the first time did is not told.</summary>
    public const string Mark = "Asked-Again";

    /// <summary>How long an answer may take in all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A client that asks again.</summary>
    public static HttpClient Client(string? address = null) =>
        new(new AskingAgain()) { BaseAddress = address is null ? null : new Uri(address), Timeout = Patience };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var time = 1; ; time++)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || answer.Headers.RetryAfter?.Delta is not { } pause)
            {
                if (time > 1) answer.Headers.Add(Mark, "true");
                return answer;
            }

            answer.Dispose();
            await Task.Delay(pause, cancellationToken);
        }
    }
}
