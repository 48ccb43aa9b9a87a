using Azure.Core;
using Azure.Core.Pipeline;

namespace MusicPipeline.Storage;

/// <summary>
/// Somebody who waits for an answer: until it begins, whatever is asked of storage for it is answered or given up within
/// seconds. What goes on behind the answer has the patience of any work in the background.
/// </summary>
public sealed class WaitingClient : IDisposable
{
    private const string Property = "MusicPipeline.WaitingClient";

    private readonly IDisposable _scope;
    private volatile bool _isAnswered;

    private WaitingClient() =>
        _scope = HttpPipeline.CreateHttpMessagePropertiesScope(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [Property] = this });

    /// <summary>Begins to wait, in this flow of execution and what it calls.</summary>
    public static WaitingClient Begin() => new();

    /// <summary>
    /// Begins to wait for what takes a while by its nature, such as dozens of uploads: storage is asked with the patience of work in the
    /// background. Whether it answers at all should be known before.
    /// </summary>
    public static WaitingClient BeginPatiently()
    {
        var client = new WaitingClient();
        client.Answered();
        return client;
    }

    /// <summary>The answer has begun: nothing is to be hurried any more.</summary>
    public void Answered() => _isAnswered = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Tasks that were started meanwhile keep the scope.
        Answered();
        _scope.Dispose();
    }

    /// <summary>Whether somebody waits for what this message is sent for.</summary>
    internal static bool WaitsFor(HttpMessage message) =>
        message.TryGetProperty(Property, out var client) && client is WaitingClient { _isAnswered: false };
}
