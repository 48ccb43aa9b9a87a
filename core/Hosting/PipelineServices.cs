using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MusicPipeline.Api;
using MusicPipeline.Datasets;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Live;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
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
        services.TryAddSingleton<ITrainingDevice, CpuTrainingDevice>();
        services.TryAddSingleton(SweepCapacity.OfThisMachine);

        services.AddSingleton<Rejections>();
        services.AddSingleton<AudioConversion>();
        services.AddSingleton<AudioCatalog>();
        services.AddSingleton<DatasetStore>();
        services.AddSingleton<DatasetCache>();
        services.AddSingleton<DatasetIngestion>();

        services.AddSingleton<PlanCache>();
        services.AddSingleton<TrialData>();
        services.AddSingleton<PlanSweepActivity>();
        services.AddSingleton<PlanSweepPartActivity>();
        services.AddSingleton<TrainTrialsActivity>();
        services.AddSingleton<AggregateSweepActivity>();
        services.AddSingleton<FailSweepActivity>();
        services.AddSingleton<SweepService>();
        services.AddSingleton<SweepCatalog>();
        services.AddSingleton<SweepEvents>();
        services.AddSingleton<PredictionService>();
        return services;
    }
}
