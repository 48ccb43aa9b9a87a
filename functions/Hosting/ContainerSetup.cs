using Microsoft.Extensions.Hosting;
using MusicPipeline.Storage;

namespace MusicPipeline.Functions.Hosting;

/// <summary>Makes the containers before the first function runs, so that a fresh storage account will do.</summary>
internal sealed class ContainerSetup(IArtifactStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.EnsureContainersAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
