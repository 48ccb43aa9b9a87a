using Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Collections;
using MusicPipeline.Hosting;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Local.Watching;

/// <summary>What becomes of uploads while the storage account is in trouble.</summary>
public sealed class UploadWatcherTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_Outage_Is_Told_Once_And_Costs_No_Upload_A_Try()
    {
        var files = InMemoryArtifactStore.WithContainers();
        await files.WriteAsync(
            BlobPaths.AudioUpload("oboe.aiff"), await File.ReadAllBytesAsync(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff")));
        var calls = 0;
        var store = new FaultyArtifactStore(files, call =>
            call.Operation == "OpenRead" && Interlocked.Increment(ref calls) <= 8
                ? throw new RequestFailedException(calls % 2 == 0 ? 0 : 503, "Connection refused\nand more")
                : StoreFault.None);
        var time = new ManualTimeProvider();
        var logger = new Lines();
        await using var services = new ServiceCollection()
            .AddSingleton<IArtifactStore>(store)
            .AddPipeline()
            .AddLogging()
            .BuildServiceProvider();
        var pass = new UploadPass(
            store, services.GetRequiredService<AudioConversion>(), services.GetRequiredService<DatasetIngestion>(),
            services.GetRequiredService<RecordingUploads>(), services.GetRequiredService<Rejections>(),
            NullLogger<UploadPass>.Instance);
        using var watcher = new UploadWatcher(pass, time, logger);
        await watcher.StartAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!logger.Has("answers again"))
        {
            time.Advance(Period);
            await Task.Delay(5, patience.Token);
        }

        await watcher.StopAsync(CancellationToken.None);
        Assert.Equal(
            [
                "Uploads wait: the storage account cannot serve a request (Connection refused); try again later.",
                "oboe.aiff is converted: audio/oboe.aiff/",
                "The storage account answers again.",
            ],
            logger.All());
        Assert.Null(await services.GetRequiredService<Rejections>().FindAsync(BlobPaths.AudioUpload("oboe.aiff")));
    }

    private sealed class Lines : ILogger<UploadWatcher>
    {
        private readonly List<string> _lines = [];

        public bool Has(string text)
        {
            lock (_lines) return _lines.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }

        public List<string> All()
        {
            lock (_lines) return [.. _lines];
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add(formatter(state, exception));
        }
    }
}
