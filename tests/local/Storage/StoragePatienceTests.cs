using System.Net;
using Azure;
using MusicPipeline.Local.Tests;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Tests.Local.Storage;

/// <summary>How long storage that is away is asked.</summary>
public sealed class StoragePatienceTests
{
    private static readonly BlobPath Blob = new(Containers.Sweeps, "one");

    private int _requests;

    [Fact]
    public async Task Who_Waits_Is_Told_After_One_More_Try()
    {
        using var client = WaitingClient.Begin();
        Exception? away;
        int requests;
        do
        {
            requests = 0;
            using var server = new WebServer(answer =>
            {
                Interlocked.Increment(ref requests);
                answer.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            });
            away = await Record.ExceptionAsync(() => Store(server).FindAsync(Blob));
        }
        // A machine that is too busy for two seconds to refuse anything has given no answer in time, which is another case.
        while (away is AggregateException or RequestFailedException { Status: 0 });

        Assert.True(StorageAwayException.IsAway(away!), away?.ToString());
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Who_Waits_Is_Told_Of_Storage_That_Never_Answers()
    {
        using var over = new ManualResetEventSlim();
        using var server = new WebServer(answer =>
        {
            over.Wait();
            Answer(answer, HttpStatusCode.NotFound);
        });
        using var client = WaitingClient.Begin();

        var away = await Record.ExceptionAsync(() => Store(server).FindAsync(Blob));

        over.Set();
        Assert.True(StorageAwayException.IsAway(away!), away?.ToString());
    }

    [Fact]
    public async Task Work_That_Was_Begun_For_A_Client_Is_Patient_Once_It_Is_Answered()
    {
        using var server = new WebServer(answer =>
            Answer(answer, _requests < 2 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NotFound));
        var answered = new TaskCompletionSource();
        Task<BlobEntry?> work;
        using (WaitingClient.Begin()) work = FindAsync();
        answered.SetResult();

        Assert.Null(await work);
        Assert.Equal(3, _requests);

        async Task<BlobEntry?> FindAsync()
        {
            await answered.Task;
            return await Store(server).FindAsync(Blob);
        }
    }

    [Fact]
    public async Task Who_Gives_Up_Is_Not_Told_That_Storage_Is_Away()
    {
        using var server = new WebServer(answer => Answer(answer, HttpStatusCode.ServiceUnavailable));
        using var client = WaitingClient.Begin();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store(server).FindAsync(Blob, new CancellationToken(canceled: true)));
    }

    private static BlobArtifactStore Store(WebServer server) => new(StorageClient.Create(
        $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint={server.Address}a"));

    private void Answer(HttpListenerResponse answer, HttpStatusCode status)
    {
        Interlocked.Increment(ref _requests);
        answer.StatusCode = (int)status;
    }
}
