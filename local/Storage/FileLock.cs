using System.Diagnostics;

namespace MusicPipeline.Local.Storage;

/// <summary>One process at a time: a file held open exclusively, let go by the operating system when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock; null where another process has it.</summary>
    public static IDisposable? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="SetupException">Another process kept it for longer than <paramref name="patience"/>.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeSpan patience, CancellationToken cancellation)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            if (TryTake(path) is { } taken) return taken;
            if (Stopwatch.GetElapsedTime(start) > patience)
                throw new SetupException($"another process keeps {path} locked", "end it, or try again later");
            await Task.Delay(Pause, cancellation);
        }
    }
}
