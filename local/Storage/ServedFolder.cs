namespace MusicPipeline.Local.Storage;

/// <summary>One <c>up</c> for each data folder: a second one would look at the same uploads and run the same sweeps.</summary>
internal sealed class ServedFolder : IDisposable
{
    private readonly IDisposable _lock;
    private readonly string _address;

    private ServedFolder(IDisposable held, string address) => (_lock, _address) = (held, address);

    /// <summary>Takes the folder.</summary>
    /// <exception cref="SetupException">Another <c>up</c> serves it.</exception>
    public static ServedFolder Take(string dataFolder)
    {
        // The lock's own file cannot be read everywhere while it is held.
        var address = Path.Combine(dataFolder, "up.url");
        if (FileLock.TryTake(Path.Combine(dataFolder, "up.lock")) is { } held)
        {
            // One that was killed has left its own.
            File.Delete(address);
            return new ServedFolder(held, address);
        }

        var at = File.Exists(address) ? $" at {File.ReadAllText(address)}" : "";
        throw new SetupException(
            $"another 'up' serves {dataFolder} already{at}", "use that one, or name another folder in MUSIC_DATA");
    }

    /// <summary>Says to a second one where the API listens.</summary>
    public void Announce(string url) => File.WriteAllText(_address, url);

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_address);
        _lock.Dispose();
    }
}
