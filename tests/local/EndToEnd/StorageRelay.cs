using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>
/// Stands between a program and its blob storage and passes requests on until the test has it hold them: what a program
/// has done by then does not depend on how fast the machine is.
/// </summary>
internal sealed class StorageRelay : IDisposable
{
    private static readonly string[] Methods = ["GET ", "PUT ", "HEAD ", "POST ", "DELETE "];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly int _storagePort;
    private Hold? _hold;

    /// <summary>Listens on a free loopback port.</summary>
    /// <param name="storagePort">Loopback port of the storage.</param>
    public StorageRelay(int storagePort)
    {
        _storagePort = storagePort;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The loopback port to name in place of the storage's.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether a request, by its first line, puts a finished trial on record.</summary>
    public static bool IsTrialRecord(string request) =>
        request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("/trial.json", StringComparison.Ordinal);

    /// <summary>
    /// Holds a request and all that come after it, which storage then never sees, until <see cref="Release"/>.
    /// </summary>
    /// <param name="number">Which of the requests from now on, 1 for the next.</param>
    /// <param name="counts">Whether a request counts, by its first line; without it all do.</param>
    /// <returns>Done when the request has come.</returns>
    public Task HoldAt(int number, Predicate<string>? counts = null)
    {
        lock (_gate)
        {
            _hold = new Hold(number, counts ?? (_ => true));
            return _hold.Reached.Task;
        }
    }

    /// <summary>Passes on what is held, and everything from now on.</summary>
    public void Release() => End(isPassedOn: true);

    /// <summary>Drops what is held, of a program that has been killed, and passes on everything from now on.</summary>
    public void Drop() => End(isPassedOn: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Drop();
    }

    private void End(bool isPassedOn)
    {
        lock (_gate)
        {
            _hold?.Over.TrySetResult(isPassedOn);
            _hold = null;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient program)
    {
        using (program)
        using (var storage = new TcpClient())
        {
            try
            {
                await storage.ConnectAsync(IPAddress.Loopback, _storagePort);
                var answers = storage.GetStream().CopyToAsync(program.GetStream());
                await Task.WhenAny(PassRequestsAsync(program.GetStream(), storage.GetStream()), answers);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // The program was killed, or storage has closed.
            }
        }
    }

    // A client sends the next request of a connection when it has the answer to the last one, so each begins a read.
    private async Task PassRequestsAsync(NetworkStream program, NetworkStream storage)
    {
        var buffer = new byte[1 << 16];
        while (await program.ReadAsync(buffer) is > 0 and var count)
        {
            var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(count, 1024)).Split("\r\n")[0];
            if (Array.Exists(Methods, method => line.StartsWith(method, StringComparison.Ordinal)) && !await PassesAsync(line)) return;
            await storage.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private Task<bool> PassesAsync(string line)
    {
        lock (_gate)
        {
            if (_hold is not { } hold) return Task.FromResult(true);
            if (hold.Left > 0 && hold.Counts(line)) hold.Left--;
            if (hold.Left > 0) return Task.FromResult(true);
            hold.Reached.TrySetResult();
            return hold.Over.Task;
        }
    }

    private sealed class Hold(int left, Predicate<string> counts)
    {
        public int Left { get; set; } = left;

        public Predicate<string> Counts => counts;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
