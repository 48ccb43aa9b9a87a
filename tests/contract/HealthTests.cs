using System.Net;

namespace MusicPipeline.Contract.Tests;

public sealed class HealthTests(PipelineHost host) : PipelineTests(host)
{
    [Fact]
    public async Task Says_That_Storage_Answers_And_Which_Version_Runs()
    {
        var health = (await Api.GetAsync("/api/health")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal("answers", health["storage"]!.GetValue<string>());
        Assert.Matches(@"^\d+\.\d+\.\d+", health["version"]!.GetValue<string>());
        (await Api.SendAsync(HttpMethod.Head, "/api/health")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Asks_For_No_Key()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(Api.Address, "/api/health"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
