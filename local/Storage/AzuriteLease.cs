using System.Net;
using System.Net.Sockets;

namespace MusicPipeline.Local.Storage;

/// <summary>
/// A share in a running Azurite: while any process holds one, Azurite stays up. The operating system gives it back
/// when its holder dies; see <c>infra/azurite/host.js</c> for the other side.
/// </summary>
internal sealed class AzuriteLease : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(12);
    private readonly Socket _connection;

    private AzuriteLease(Socket connection, AzuriteEndpoints endpoints)
    {
        _connection = connection;
        Endpoints = endpoints;
    }

    /// <summary>Where the services listen.</summary>
    public AzuriteEndpoints Endpoints { get; }

    /// <summary>Takes a lease; null where nobody answers or the host is about to close.</summary>
    public static async Task<AzuriteLease?> TryTakeAsync(AzuriteEndpoints endpoints, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, endpoints.ControlPort, cancellation);
            if (await socket.ReceiveAsync(new byte["lease\n"u8.Length], cancellation) > 0)
                return new AzuriteLease(socket, endpoints);
        }
        catch (SocketException)
        {
            // Nobody listens any more.
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.Dispose();
        return null;
    }

    /// <summary>Waits until Azurite is gone, however it went.</summary>
    public async Task LostAsync(CancellationToken cancellation)
    {
        try
        {
            var rest = new byte[16];
            while (await _connection.ReceiveAsync(rest, cancellation) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Its process has been killed.
        }
    }

    /// <summary>Gives the lease back. If it was the last one, waits until Azurite has saved its data and is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Goodbye);
            _connection.Shutdown(SocketShutdown.Send);
            var rest = new byte[16];
            while (await _connection.ReceiveAsync(rest, patience.Token) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The host is gone already, or ends itself after its own deadline.
        }

        _connection.Dispose();
    }
}
