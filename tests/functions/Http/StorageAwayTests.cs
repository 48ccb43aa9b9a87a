using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Functions.Http;
using MusicPipeline.Http;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Functions.Tests.Http;

public sealed class StorageAwayTests
{
    public static TheoryData<Exception, bool> Faults => new()
    {
        { new RequestFailedException(0, "connection refused"), true },
        { new RequestFailedException(503, "busy"), true },
        { new AggregateException(new RequestFailedException(0, "one"), new RequestFailedException(500, "two")), true },
        { new IOException("a read broke off", new RequestFailedException(0, "connection reset")), true },
        { new StorageAwayException("The storage account does not answer.", new IOException()), true },
        { new RequestFailedException(404, "no such container", "ContainerNotFound", null), true },
        { new RequestFailedException(404, "no such blob", "BlobNotFound", null), false },
        { new RequestFailedException(403, "no right"), false },
        { new AggregateException(new RequestFailedException(0, "one"), new InvalidOperationException()), false },
        { new InvalidOperationException(), false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_Client_Is_Told_When_To_Ask_Again(Exception fault, bool isAway)
    {
        var http = new DefaultHttpContext();
        var context = new StubFunctionContext(http, CancellationToken.None);

        // The stub has no place for the answer itself.
        await Record.ExceptionAsync(
            () => new ProblemMiddleware(new RequestFaults(NullLogger<RequestFaults>.Instance)).Invoke(context, _ => throw fault));

        Assert.Equal(isAway ? "5" : "", http.Response.Headers.RetryAfter.ToString());
    }
}
