using System.Security.Cryptography;

namespace MusicPipeline.Local.Storage;

/// <summary>Installs Azurite from its lock file on first use, and again when the lock file has changed.</summary>
/// <param name="folder">The folder with <c>package.json</c>, <c>package-lock.json</c> and <c>host.js</c>.</param>
/// <param name="say">Where a line of progress goes.</param>
internal sealed class AzuriteInstaller(string folder, Action<string> say)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Written last, so that an installation that was broken off counts for nothing.
    private string Stamp => Path.Combine(folder, "node_modules", ".installed-lock");

    /// <summary>Does nothing where the installation matches the lock file.</summary>
    /// <exception cref="SetupException">Node or npm is missing, or npm failed.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (IsCurrent(LockHash())) return;

        using var alone = await FileLock.TakeAsync(Path.Combine(folder, ".install.lock"), Patience, cancellation);
        var hash = LockHash();
        if (IsCurrent(hash)) return;

        say("Installing the storage emulator Azurite (once, about 15 s) ...");
        await InstallAsync(cancellation);
        await File.WriteAllTextAsync(Stamp, hash, cancellation);
    }

    private bool IsCurrent(string hash) => File.Exists(Stamp) && File.ReadAllText(Stamp) == hash;

    private string LockHash() =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private async Task InstallAsync(CancellationToken cancellation)
    {
        // No package of the lock file needs its install script.
        using var npm = NodeTools.StartNpm(folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
        try
        {
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var errors = await npm.StandardError.ReadToEndAsync(cancellation);
            await output;
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0) throw Failed(npm.ExitCode, errors);
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }

    private SetupException Failed(int exitCode, string errors)
    {
        var said = errors.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.StartsWith("npm error", StringComparison.Ordinal) ? line[9..].Trim() : "")
            .Where(line => line.Length > 0 && !line.StartsWith("A complete log", StringComparison.Ordinal))
            .Take(3);
        var reason = string.Join(" ", said);
        return new SetupException(
            $"Azurite could not be installed: npm ended with code {exitCode}{(reason.Length > 0 ? $" ({reason})" : "")}",
            $"check the network and npm's registry, or run 'npm ci' in {folder}",
            new InvalidOperationException(errors));
    }
}
