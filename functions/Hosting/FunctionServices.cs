using Azure.Core.Serialization;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicPipeline.Collections;
using MusicPipeline.Functions.Collections;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Functions.Uploads;
using MusicPipeline.Hosting;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Hosting;

/// <summary>Puts the pipeline together for a Functions worker.</summary>
internal static class FunctionServices
{
    // The host itself breaks a body off at 100 MiB, and does not say why.
    private const int HostMegabytes = 100;

    public static IServiceCollection AddFunctionsPipeline(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<StorageOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Read(configuration))
            .ValidateOnStart();
        services.AddOptions<TrainingOptions>().BindConfiguration("Training").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HistoryOptions>().BindConfiguration("History").ValidateDataAnnotations().ValidateOnStart();
        // The same JSON in orchestration history and custom status as everywhere else.
        services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(PipelineJson.Compact));

        // Bodies are bounded where they are read, with an answer that says so.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);

        services.AddSingleton(provider => Connect(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton<IArtifactStore, BlobArtifactStore>();
        services.AddSingleton(provider => Capacity(provider.GetRequiredService<IOptions<TrainingOptions>>().Value));
        services.AddSingleton(provider => new ClassifierSetting(provider.GetRequiredService<IConfiguration>()[SettingNames.Classifier]));
        services.AddSingleton(provider => DeviceSetting.Parse(provider.GetRequiredService<IConfiguration>()[SettingNames.Device]));
        services.AddSingleton<HistoryRetention>();
        services.AddScoped<DurableInvocation>();
        services.AddScoped<ISweepHost, DurableSweepHost>();
        services.AddScoped<ICollectHost, DurableCollectHost>();
        // The ingress of Container Apps cuts a request off after four minutes; a stream that ends before loses nothing.
        services.AddSingleton(new StreamLimits(TimeSpan.FromSeconds(210)));
        services.AddSingleton<IngestionTraces>();
        services.AddSingleton<SweepTraces>();
        services.AddSingleton(provider => UploadLimit.Parse(
            provider.GetRequiredService<IConfiguration>()[SettingNames.UploadMegabytes], HostMegabytes));
        services.AddPipeline();
        services.AddHostedService<ContainerSetup>();
        return services;
    }

    private static BlobServiceClient Connect(StorageOptions options)
    {
        if (options.ConnectionString is { } text) return StorageClient.Create(text);
        var identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId });
        return StorageClient.Create(new Uri(options.BlobServiceUri!), identity);
    }

    private static SweepCapacity Capacity(TrainingOptions options) =>
        (options.ParallelTrials == 0 ? SweepCapacity.OfThisMachine : new SweepCapacity(options.ParallelTrials)) with { Yields = true };
}
