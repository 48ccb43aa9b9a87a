using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MusicPipeline.Api;
using MusicPipeline.Datasets;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Running;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Hosting;

/// <summary>Puts the pipeline together for one process.</summary>
internal static class PipelineServices
{
    /// <summary>Adds the pipeline on a storage account.</summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services, BlobServiceClient blobs)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(blobs);
        services.AddSingleton<IArtifactStore, BlobArtifactStore>();

        services.AddSingleton<Rejections>();
        services.AddSingleton<AudioConversion>();
        services.AddSingleton<AudioCatalog>();
        services.AddSingleton<DatasetStore>();
        services.AddSingleton<DatasetCache>();
        services.AddSingleton<DatasetIngestion>();

        services.AddSingleton<ITrainingDevice, CpuTrainingDevice>();
        services.AddSingleton(SweepCapacity.OfThisMachine);
        services.AddSingleton<PlanCache>();
        services.AddSingleton<TrialData>();
        services.AddSingleton<PlanSweepActivity>();
        services.AddSingleton<PlanSweepPartActivity>();
        services.AddSingleton<TrainTrialsActivity>();
        services.AddSingleton<AggregateSweepActivity>();
        services.AddSingleton<SweepService>();
        services.AddSingleton<SweepCatalog>();
        services.AddSingleton<PredictionService>();

        services.AddSingleton<SweepActivities>();
        services.AddSingleton<LocalSweepRunner>();
        services.AddSingleton<ISweepHost>(provider => provider.GetRequiredService<LocalSweepRunner>());
        services.AddSingleton<UploadPass>();
        services.AddSingleton<HttpClient>();
        services.AddSingleton<Uploader>();
        services.AddSingleton<ResultDownload>();
        return services;
    }
}
