using System.Net;
using System.Net.Sockets;

namespace MusicPipeline.Local.Tests;

/// <summary>A web server on a free loopback port that answers every request alike.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public WebServer(Action<HttpListenerResponse> answer)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = AnswerAsync(answer);
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(Action<HttpListenerResponse> answer)
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                answer(request.Response);
                request.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
