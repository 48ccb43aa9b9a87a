using Microsoft.Extensions.Configuration;

namespace MusicPipeline.Functions.Hosting;

/// <summary>Which storage account the pipeline works on: the one that the Functions host itself works on.</summary>
internal sealed class StorageOptions
{
    /// <summary>A connection string, or null.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Blob endpoint for a managed identity, or null.</summary>
    public string? BlobServiceUri { get; set; }

    /// <summary>Client id of a user-assigned identity, or null.</summary>
    public string? ClientId { get; set; }

    /// <summary>Reads the settings by their names.</summary>
    public void Read(IConfiguration configuration)
    {
        ConnectionString = NullIfEmpty(configuration[SettingNames.Storage]);
        BlobServiceUri = NullIfEmpty(configuration[SettingNames.BlobServiceUri]);
        ClientId = NullIfEmpty(configuration[SettingNames.ClientId]);
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
