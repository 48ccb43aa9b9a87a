using System.Net;
using Microsoft.Extensions.Primitives;
using MusicPipeline.Errors;

namespace MusicPipeline.Local.Http;

/// <summary>
/// Keeps web pages of others from commanding this host through a browser on this machine. A name that was made to lead
/// to the loopback interface (DNS rebinding) shows in <c>Host</c>, a page of another site in <c>Origin</c>.
/// </summary>
/// <param name="hosts">Names beside those of the loopback interface under which this host may be asked.</param>
internal sealed class OriginRules(IReadOnlyCollection<string> hosts)
{
    /// <summary>The setting: names with commas between them, without ports.</summary>
    public const string Setting = "MUSIC_HOSTS";

    /// <summary>Reads the setting.</summary>
    public static OriginRules Parse(string? names) =>
        new((names ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <exception cref="InputException">The request is not to this host, or would change something for a page of another.</exception>
    public void Check(HttpRequest request)
    {
        var host = request.Host;
        if (!IsLoopback(host.Host) && !hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase))
        {
            throw new InputException(
                $"this host is not '{host.Host}'", $"ask it as localhost, or name the host in {Setting}", kind: InputErrorKind.Forbidden);
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (!isRead && IsForeign(request.Headers.Origin, request.Headers["Sec-Fetch-Site"], host))
        {
            throw new InputException(
                "a web page of another site asks for it",
                "send it from the command line, or from a page of this host",
                kind: InputErrorKind.Forbidden);
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // What is no browser sends neither header; a browser may leave Origin out, and then tells the site.
    private static bool IsForeign(StringValues origin, StringValues site, HostString host) => origin.Count > 0
        ? !Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var from)
            || !from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase)
        : site.Count > 0 && site.ToString() is not ("same-origin" or "none");
}
