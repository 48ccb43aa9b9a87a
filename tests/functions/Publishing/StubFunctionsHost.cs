using System.Buffers.Binary;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Tests.Publishing;

/// <summary>
/// What a worker needs of a Functions host to start and to load its functions: one gRPC stream of
/// <see cref="StreamingMessage"/>, and a storage account without containers that takes new ones.
/// </summary>
internal sealed class StubFunctionsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<StreamingMessage> _sent = Channel.CreateUnbounded<StreamingMessage>();
    private readonly Channel<StreamingMessage> _received = Channel.CreateUnbounded<StreamingMessage>();

    private StubFunctionsHost(WebApplication app) => _app = app;

    /// <summary>Where the worker finds it.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Connection string of its storage account.</summary>
    public string Storage =>
        $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;BlobEndpoint={_app.Urls.Last()}/account";

    public static async Task<StubFunctionsHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var host = new StubFunctionsHost(app);
        app.MapPost("/AzureFunctionsRpcMessages.FunctionRpc/EventStream", host.StreamAsync);
        const string none = "<EnumerationResults><Containers /><NextMarker /></EnumerationResults>";
        app.MapGet("/account", () => Results.Text(none, "application/xml"));
        app.MapPut("/account/{container}", () => Results.StatusCode(StatusCodes.Status201Created));
        await app.StartAsync(cancellationToken);
        return host;
    }

    public void Send(StreamingMessage message) => _sent.Writer.TryWrite(message);

    /// <summary>What one kind of the worker's next messages holds; other messages are passed over.</summary>
    public async Task<T> ReceiveAsync<T>(Func<StreamingMessage, T?> part, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (part(await _received.Reader.ReadAsync(cancellationToken)) is { } wanted) return wanted;
        }
    }

    /// <summary>To be called when the worker has ended: no more messages come, and whoever waits for one is told so.</summary>
    public void Lose() => _received.Writer.TryComplete(new InvalidOperationException("The worker ended; its last words are above."));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync(context.RequestAborted);
        var reading = ReadAsync(context.Request.Body, context.RequestAborted);
        await foreach (var message in _sent.Reader.ReadAllAsync(context.RequestAborted))
        {
            // One byte says that nothing is compressed, four how long the message is.
            var bytes = new byte[5 + message.CalculateSize()];
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - 5);
            message.WriteTo(bytes.AsSpan(5));
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await reading;
    }

    private async Task ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var prefix = new byte[5];
        while (await body.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false, cancellationToken) == 5)
        {
            var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            _received.Writer.TryWrite(StreamingMessage.Parser.ParseFrom(bytes));
        }
    }
}
