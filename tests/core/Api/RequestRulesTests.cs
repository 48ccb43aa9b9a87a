using MusicPipeline.Errors;
using MusicPipeline.Http;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class RequestRulesTests
{
    private const string Sweep = "/api/sweeps";

    [Theory]
    [InlineData(Sweep, "application/json", 10L)]
    [InlineData(Sweep, "Application/JSON; charset=utf-8", null)]
    [InlineData("/api/sweeps/lab-1/extend", "application/json", 1L << 20)]
    [InlineData("/api/predict", "application/octet-stream", 64L << 20)]
    [InlineData("/API/predict", "text/csv", 10L)]
    public void Takes_Json_And_Arrays_For_Predictions(string path, string contentType, long? length) =>
        RequestRules.CheckBody(path, contentType, length);

    [Theory]
    [InlineData(null, "none")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("application/x-www-form-urlencoded", "application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x", "multipart/form-data; boundary=x")]
    [InlineData("text/plain; application/json", "text/plain; application/json")]
    public void Says_Which_Header_A_Body_Wants(string? contentType, string shown)
    {
        var exception = Assert.Throws<InputException>(() => RequestRules.CheckBody(Sweep + "/lab-1/pause", contentType, 2));

        Assert.Equal(
            $"a body of type '{shown}' is not read here; send JSON, with the header 'Content-Type: application/json'.", exception.Message);
        Assert.Equal(InputErrorKind.UnsupportedType, exception.Kind);
    }

    [Theory]
    [InlineData(Sweep, (1L << 20) + 1, "1")]
    [InlineData("/api/predict", (64L << 20) + 1, "64")]
    [InlineData("/api/predict", 1L << 40, "64")]
    public void Refuses_A_Long_Body_By_What_It_Says_Of_Itself(string path, long length, string limit)
    {
        var exception = Assert.Throws<InputException>(() => RequestRules.CheckBody(path, "application/json", length));

        Assert.Equal(
            ($"the body is longer than {limit} MiB; send less at once.", InputErrorKind.TooLarge), (exception.Message, exception.Kind));
    }
}
