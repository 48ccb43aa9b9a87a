using System.Text.Json;

namespace MusicPipeline.Local.Storage;

/// <summary>
/// Which storage account to use: settings under <c>AzureWebJobsStorage</c>, named as the Functions host names them,
/// from the environment or from <c>Values</c> in <c>local.settings.json</c>. None means an Azurite of our own.
/// </summary>
/// <param name="ConnectionString"><c>AzureWebJobsStorage</c>.</param>
/// <param name="BlobServiceUri"><c>AzureWebJobsStorage__blobServiceUri</c>, reached with an Entra identity.</param>
/// <param name="ClientId"><c>AzureWebJobsStorage__clientId</c>, a user-assigned managed identity.</param>
/// <param name="DataFolder">
/// <c>MUSIC_DATA</c>: where our own Azurite keeps its data; <c>.azurite</c> in the repository unless told otherwise.
/// </param>
internal sealed record StorageSettings(string? ConnectionString, Uri? BlobServiceUri, string? ClientId, string DataFolder)
{
    private const string Name = "AzureWebJobsStorage";
    private const string Data = "MUSIC_DATA";

    /// <summary>Whether our own Azurite is used, since no account is named.</summary>
    public bool IsOwnAzurite => ConnectionString is null && BlobServiceUri is null;

    /// <summary>Reads the environment first, then <c>local.settings.json</c> in the repository.</summary>
    /// <exception cref="SetupException">A setting cannot be read.</exception>
    public static StorageSettings Read(string repository)
    {
        var file = ReadValues(Path.Combine(repository, "local.settings.json"));
        string? Setting(string name) =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 } set
                ? set
                : file.GetValueOrDefault(name) is { Length: > 0 } kept ? kept : null;

        var address = Setting(Name + "__blobServiceUri");
        var uri = default(Uri);
        if (address is not null && !Uri.TryCreate(address, UriKind.Absolute, out uri))
            throw new SetupException(
                $"{Name}__blobServiceUri is no address ('{address}')", "write https://<account>.blob.core.windows.net");

        var folder = Environment.GetEnvironmentVariable(Data) is { Length: > 0 } own ? own : Path.Combine(repository, ".azurite");
        return new StorageSettings(Setting(Name), uri, Setting(Name + "__clientId"), Path.GetFullPath(folder));
    }

    /// <summary>Makes the data folder and tries to write there.</summary>
    /// <exception cref="SetupException">It cannot be made or written; the message names the setting.</exception>
    public void CheckDataFolder()
    {
        try
        {
            Directory.CreateDirectory(DataFolder);
            using var trial = new FileStream(
                Path.Combine(DataFolder, $".{Guid.NewGuid():N}.tmp"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"no data can be kept in {DataFolder} ({exception.Message.TrimEnd('.')})",
                $"name a folder that can be written in {Data}",
                exception);
        }
    }

    private static Dictionary<string, string?> ReadValues(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                ReadCommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            };
            return JsonSerializer.Deserialize<SettingsFile>(File.ReadAllBytes(path), options)?.Values ?? [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{path} cannot be read ({exception.Message.TrimEnd('.')})", "compare it with local.settings.sample.json", exception);
        }
    }

    private sealed record SettingsFile(Dictionary<string, string?>? Values);
}
