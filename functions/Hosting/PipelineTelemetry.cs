using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MusicPipeline.Trials;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MusicPipeline.Functions.Hosting;

/// <summary>OpenTelemetry: every invocation under the host's own trace, and a span a trial under its activity.</summary>
internal static class PipelineTelemetry
{
    // Of the Functions worker: a span an invocation, under the trace that the host hands over.
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    public static IServiceCollection AddPipelineTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TrialTracing>();
        services.AddSingleton<ITrialObserver>(provider => provider.GetRequiredService<TrialTracing>());
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("music-pipeline"))
            .WithTracing(tracing =>
            {
                tracing.AddSource(TrialTracing.SourceName, WorkerSource);
                if (configuration[SettingNames.ApplicationInsights] is { Length: > 0 } connection)
                {
                    tracing.AddAzureMonitorTraceExporter(exporter =>
                    {
                        exporter.ConnectionString = connection;
                        if (configuration[SettingNames.ClientId] is { Length: > 0 } clientId)
                            exporter.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
                    });
                }

                if (configuration[SettingNames.TraceEndpoint] is { Length: > 0 }) tracing.AddOtlpExporter();
            });
        return services;
    }
}
