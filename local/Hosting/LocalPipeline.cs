using MusicPipeline.Hosting;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Storage;
using MusicPipeline.Storage;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Hosting;

/// <summary>The pipeline for the length of one command: its storage account, its services, and their end.</summary>
internal sealed class LocalPipeline : IAsyncDisposable
{
    private readonly StorageAccount _account;
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _command;

    private LocalPipeline(StorageAccount account, ServiceProvider services)
    {
        _account = account;
        _services = services;
        _command = services.CreateAsyncScope();
    }

    /// <summary>Where the data is, for people.</summary>
    public string Account => _account.Description;

    /// <summary>Opens the storage account, starting Azurite where none is named, and makes the containers.</summary>
    public static async Task<LocalPipeline> OpenAsync(
        Terminal terminal,
        CancellationToken cancellationToken,
        ITrialObserver? observer = null,
        StorageSettings? settings = null,
        DeviceSetting? device = null)
    {
        var repository = RepositoryFolder.Find();
        var account = await StorageAccount.OpenAsync(
            repository, settings ?? StorageSettings.Read(repository), terminal.Say, cancellationToken);
        try
        {
            var services = new ServiceCollection().AddPipeline(account.Blobs, device);
            services.AddLogging(logging => logging
                .SetMinimumLevel(LogLevel.Warning)
                .AddStandardError()
                .AddFilter("MusicPipeline.Hosting", LogLevel.Information)
                .AddFilter("MusicPipeline.Uploads", LogLevel.None)
                .AddFilter("MusicPipeline.Collections", LogLevel.None));
            if (observer is not null) services.AddSingleton(observer);
            var pipeline = new LocalPipeline(account, services.BuildServiceProvider());
            await pipeline.Get<IArtifactStore>().EnsureContainersAsync(cancellationToken);
            return pipeline;
        }
        catch
        {
            await account.DisposeAsync();
            throw;
        }
    }

    /// <summary>A service of the pipeline.</summary>
    public T Get<T>()
        where T : notnull => _command.ServiceProvider.GetRequiredService<T>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _services.DisposeAsync();
        await _account.DisposeAsync();
    }
}
