using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>The trainer for both devices and what it needs, packed once.</summary>
public sealed class PackedTrainer : IAsyncLifetime
{
    /// <summary>The packages that come of it.</summary>
    public static readonly string[] Packages =
        ["MusicPipeline.Abstractions", "MusicPipeline.Data", "MusicPipeline.Training", "MusicPipeline.Training.Cuda"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>A version of its own, because NuGet keeps what it has once read of a version.</summary>
    public string Version { get; } = $"0.1.0-test{Guid.NewGuid():N}";

    /// <summary>Where they are.</summary>
    public string Folder => _folder.FullPath;

    // What is built is packed; the packages that one needs come with it.
    public async ValueTask InitializeAsync() => await DotnetCommand.RunAsync(
        RepositoryPaths.Root,
        "pack", "core/Training.Cuda", "--no-build", "-c", Configuration, "-o", Folder, $"-p:Version={Version}", "-nologo",
        "-maxCpuCount:1");

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
}
