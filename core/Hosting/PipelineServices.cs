using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MusicPipeline.Collections;
using MusicPipeline.Data;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Cuda;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;

namespace MusicPipeline.Hosting;

/// <summary>Puts the pipeline together, the same way on every host.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Adds the services of core. The host adds what is its own: logging, an artifact store and an
    /// <see cref="ISweepHost"/>. A clock, a device or a capacity that is there already stays.
    /// </summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new DeviceSetting(DeviceChoice.Auto));
        services.TryAddSingleton<OpenGpu>(Gpu);
        services.TryAddSingleton(Devices);
        services.TryAddSingleton(SweepCapacity.OfThisMachine);

        services.TryAddSingleton(new ClassifierSetting(null));
        services.AddSingleton<Rejections>();
        services.AddSingleton<RecordingLabelling>();
        services.AddSingleton<AudioConversion>();
        services.AddSingleton<AudioCatalog>();
        services.AddSingleton<ReceivedUploads>();
        services.TryAddSingleton(new SampleFolder(Path.Combine(AppContext.BaseDirectory, "samples")));
        services.AddSingleton<SampleUploads>();
        services.AddSingleton<DatasetStore>();
        services.AddSingleton<DatasetCache>();
        services.AddSingleton<DatasetPictures>();
        services.AddSingleton<DatasetIngestion>();

        services.AddSingleton<RecordingUploads>();
        services.AddSingleton<PlanCollectActivity>();
        services.AddSingleton<FindNotesActivity>();
        services.AddSingleton<BuildCollectionActivity>();
        services.AddSingleton<FailCollectActivity>();
        services.AddScoped<CollectService>();
        services.AddSingleton<Relabelling>();

        services.AddSingleton<PlanCache>();
        services.AddSingleton<TrialData>();
        services.AddSingleton(new FinishedTrials());
        services.AddSingleton<DescribeDeviceActivity>();
        services.AddSingleton<PlanSweepActivity>();
        services.AddSingleton<PlanSweepPartActivity>();
        services.AddSingleton<TrainTrialsActivity>();
        services.AddSingleton<TrainBaselineActivity>();
        services.AddSingleton<AggregateSweepActivity>();
        services.AddSingleton<FailSweepActivity>();
        services.AddSingleton<ReadCommandsActivity>();
        services.AddSingleton<SuggestTrialsActivity>();
        services.AddSingleton<CatalogCache>();
        // As short-lived as their host may be, which can be an invocation's own.
        services.AddScoped<SweepService>();
        services.AddScoped<SweepControl>();
        services.AddScoped<SweepCatalog>();
        services.AddScoped<SweepEvents>();
        services.AddSingleton<SweepComparison>();
        services.AddSingleton<SweepPreview>();
        services.AddSingleton<ResultFiles>();
        services.AddSingleton<StoredModels>();
        services.AddSingleton<PredictionService>();
        services.AddSingleton<HealthCheck>();
        services.AddSingleton<RequestFaults>();
        return services;
    }

    private static ITrainingDevices Devices(IServiceProvider services) => services.GetService<ITrainingDevice>() is { } own
        ? new OneTrainingDevice(own)
        : new TrainingDevices(
            services.GetRequiredService<DeviceSetting>(),
            new CpuTrainingDevice(),
            services.GetRequiredService<OpenGpu>(),
            services.GetRequiredService<ILogger<TrainingDevices>>());

    private static ITrainingDevice? Gpu(out string complaint) => CudaDevices.TryOpen(out var device, out complaint) ? device : null;
}
