using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Http;
using MusicPipeline.Http;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
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
        var logger = new CountingLogger<RequestFaults>();
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(connectionIsGone) };
        var context = new StubFunctionContext(http, new CancellationToken(hostGaveUp));

        // Where somebody is left to answer, the stub has no place for the answer.
        await Record.ExceptionAsync(
            () => new ProblemMiddleware(new RequestFaults(logger)).Invoke(context, _ => throw new OperationCanceledException()));

        Assert.Equal(errors, logger.Errors);
    }

    [Fact]
    public async Task A_Stream_Of_Events_Ends_Quietly_With_Its_Client()
    {
        using var gone = new CancellationTokenSource();
        var logger = new CountingLogger<RequestFaults>();

        var headers = await FollowAsync(new LeavingHost(gone), logger, gone.Token);

        Assert.Equal((true, 0), (gone.IsCancellationRequested, logger.Errors));
        Assert.Equal(("no-cache", "no"), (headers.CacheControl.ToString(), headers["X-Accel-Buffering"].ToString()));
    }

    [Fact]
    public async Task A_Stream_That_Fails_While_Somebody_Listens_Is_In_The_Log()
    {
        using var other = new CancellationTokenSource();
        var logger = new CountingLogger<RequestFaults>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => FollowAsync(new LeavingHost(other), logger, CancellationToken.None));

        Assert.Equal(1, logger.Errors);
    }

    /// <summary>Follows a sweep that runs until the stream ends; the headers of the answer.</summary>
    private static async Task<IHeaderDictionary> FollowAsync(LeavingHost host, ILogger<RequestFaults> logger, CancellationToken aborted)
    {
        var store = InMemoryArtifactStore.WithContainers();
        await store.WriteJsonAsync(
            BlobPaths.Sweep("grid-1", SweepFiles.Sweep),
            new SweepDocument("grid-1", SweepState.Running, new SweepRequest(), "notes", "v1", DateTimeOffset.UnixEpoch));
        var events = new SweepEvents(store, host, new SweepCatalog(store, host), TimeProvider.System);
        var functions = new SweepFunctions(
            null!, null!, null!, events, new StreamLimits(TimeSpan.FromMinutes(1)), new RequestFaults(logger));
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestAborted = aborted, RequestServices = services };
        http.Response.Body = new MemoryStream();
        var answer = await functions.FollowSweep(http.Request, "grid-1", null!, CancellationToken.None);
        await answer.ExecuteAsync(http);
        return http.Response.Headers;
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

    private sealed class CountingLogger<T> : ILogger<T>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) Errors++;
        }
    }
}
