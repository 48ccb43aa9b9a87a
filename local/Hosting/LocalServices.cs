using Azure.Storage.Blobs;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Hosting;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Running;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Hosting;

/// <summary>Puts the pipeline together for one process.</summary>
internal static class LocalServices
{
    /// <summary>Adds the pipeline on a storage account, and what runs sweeps and watches uploads in this process.</summary>
    /// <exception cref="InputException">
    /// The setting <c>MUSIC_DEVICE</c>, <c>MUSIC_PARALLEL</c> or <c>MUSIC_UPLOAD_MB</c> cannot be read.
    /// </exception>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services, BlobServiceClient blobs, DeviceSetting? device = null)
    {
        services.AddSingleton(Capacity(Environment.GetEnvironmentVariable("MUSIC_PARALLEL")));
        services.AddSingleton(device ?? DeviceSetting.Parse(Environment.GetEnvironmentVariable("MUSIC_DEVICE")));
        services.AddSingleton(new ClassifierSetting(Environment.GetEnvironmentVariable("MUSIC_CLASSIFIER")));
        services.AddSingleton(UploadLimit.Parse(Environment.GetEnvironmentVariable(UploadLimit.Setting), otherwise: 512));
        services.AddSingleton(_ => new SampleFolder(Path.Combine(RepositoryFolder.Find(), "samples")));
        services.AddPipeline();
        services.AddSingleton(blobs);
        services.AddSingleton<IArtifactStore, BlobArtifactStore>();

        services.AddSingleton<LocalActivities>();
        services.AddSingleton<LocalSweepRunner>();
        services.AddSingleton<ISweepHost>(provider => provider.GetRequiredService<LocalSweepRunner>());
        services.AddSingleton<LocalCollectRunner>();
        services.AddSingleton<ICollectHost>(provider => provider.GetRequiredService<LocalCollectRunner>());
        services.AddSingleton<UploadPass>();
        services.AddSingleton<HttpClient>();
        services.AddSingleton<Uploader>();
        services.AddSingleton<ResultDownload>();
        return services;
    }

    private static SweepCapacity Capacity(string? trials) => trials switch
    {
        null or "" => SweepCapacity.OfThisMachine,
        _ when int.TryParse(trials, out var count) && count is > 0 and <= 1000 => new SweepCapacity(count),
        _ => throw new InputException(
            $"'{trials}' is no number of trials at once", "give 1 to 1000, or leave it out for one a core", "MUSIC_PARALLEL"),
    };
}
