using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Says how the app is to whoever asks: probes have no key.</summary>
public sealed class HealthEndpoint(HealthCheck health)
{
    [Function(nameof(CheckHealth))]
    public async Task<IResult> CheckHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Health)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Answers.Json(await health.CheckAsync(cancellationToken));
}
