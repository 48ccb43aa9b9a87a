using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MusicPipeline.Errors;
using MusicPipeline.Functions.Http;
using Xunit;

namespace MusicPipeline.Functions.Tests.Http;

public sealed class BodyRulesTests
{
    [Theory]
    [InlineData("/api/sweeps", "application/json", true, null)]
    [InlineData("/api/sweeps/x/pause", null, false, null)]
    [InlineData("/api/sweeps/x/pause", "text/plain", true, InputErrorKind.UnsupportedType)]
    [InlineData("/api/sweeps", null, true, InputErrorKind.UnsupportedType)]
    public async Task Refuses_A_Body_Of_Another_Type_Before_The_Function_Runs(
        string path, string? type, bool hasBody, InputErrorKind? refusal)
    {
        var http = new DefaultHttpContext { Request = { Path = path, ContentType = type, Method = "POST" } };
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new Body(hasBody));
        var ran = false;

        var exception = await Record.ExceptionAsync(() => new BodyRules().Invoke(new StubFunctionContext(http, default), _ =>
        {
            ran = true;
            return Task.CompletedTask;
        }));

        Assert.Equal((refusal, refusal is null), ((exception as InputException)?.Kind, ran));
    }

    private sealed record Body(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
