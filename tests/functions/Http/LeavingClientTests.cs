using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Http;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Live;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Http;

public sealed class LeavingClientTests
{
    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 1)]
    public async Task A_Call_That_Is_Given_Up_With_Its_Client_Is_No_Error(bool connectionIsGone, bool hostGaveUp, int errors)
    {
        var logger = new CountingLogger();
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(connectionIsGone) };
        var context = new StubFunctionContext(http, new CancellationToken(hostGaveUp));

        // Where somebody is left to answer, the stub has no place for the answer.
        await Record.ExceptionAsync(() => new ProblemMiddleware(logger).Invoke(context, _ => throw new OperationCanceledException()));

        Assert.Equal(errors, logger.Errors);
    }

    [Fact]
    public async Task A_Stream_Of_Events_Ends_Quietly_With_Its_Client()
    {
        using var gone = new CancellationTokenSource();
        var store = InMemoryArtifactStore.WithContainers();
        await store.WriteJsonAsync(
            BlobPaths.Sweep("grid-1", SweepFiles.Sweep),
            new SweepDocument("grid-1", SweepState.Running, new SweepRequest(), "notes", "v1", DateTimeOffset.UnixEpoch));
        var host = new LeavingHost(gone);
        var endpoints = new SweepEndpoints(
            null!, null!, new SweepEvents(store, host, new SweepCatalog(store, host), TimeProvider.System), new DurableClients());
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = services };
        http.Response.Body = new MemoryStream();

        var answer = await endpoints.FollowSweep(http.Request, "grid-1", null!, CancellationToken.None);
        await answer.ExecuteAsync(http);

        Assert.True(gone.IsCancellationRequested);
        Assert.Equal(("no-cache", "no"), (http.Response.Headers.CacheControl.ToString(), http.Response.Headers["X-Accel-Buffering"].ToString()));
    }

    /// <summary>The client leaves while the host is asked, and the call ends in an error of its own kind.</summary>
    private sealed class LeavingHost(CancellationTokenSource gone) : ISweepHost
    {
        public Task StartAsync(string sweepId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default)
        {
            await gone.CancelAsync();
            throw new InvalidOperationException("The call was given up.");
        }
    }

    private sealed class CountingLogger : ILogger<ProblemMiddleware>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) Errors++;
        }
    }
}
