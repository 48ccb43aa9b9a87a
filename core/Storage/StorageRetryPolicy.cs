using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MusicPipeline.Storage;

/// <summary>
/// Tries a request again as the client of Azure does, for half a minute; where a <see cref="WaitingClient"/> waits, once
/// and only after a quick refusal, so that it knows within five seconds.
/// </summary>
internal sealed class StorageRetryPolicy() : RetryPolicy(MaxRetries)
{
    private const int MaxRetries = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await base.ProcessAsync(message, pipeline);
        }
        catch (OperationCanceledException exception) when (!message.CancellationToken.IsCancellationRequested)
        {
            throw new RequestFailedException(0, $"no answer from {message.Request.Uri.Host} in time", exception);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        if (WaitingClient.WaitsFor(message)) message.NetworkTimeout = Patience;
        return base.OnSendingRequestAsync(message);
    }

    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        WaitingClient.WaitsFor(message) && (exception is OperationCanceledException || message.ProcessingContext.RetryNumber > 0)
            ? ValueTask.FromResult(false)
            : base.ShouldRetryAsync(message, exception);
}
