using System.Net;
using System.Net.Sockets;

namespace MusicPipeline.Local.Tests;

/// <summary>A web server on a free loopback port that answers every request alike.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly HttpListener _listener;

    public WebServer(Action<HttpListenerResponse> answer)
    {
        _listener = Listen();
        _ = AnswerAsync(answer);
    }

    public string Address => _listener.Prefixes.Single();

    public void Dispose() => _listener.Close();

    private static HttpListener Listen()
    {
        while (true)
        {
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add($"http://127.0.0.1:{FreePort()}/");
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // Somebody took the port meanwhile.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

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
