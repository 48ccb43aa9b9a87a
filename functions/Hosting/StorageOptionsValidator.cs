using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace MusicPipeline.Functions.Hosting;

/// <summary>Refuses, at the start, settings that no storage account can be reached by.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.ConnectionString is { } text)
            return IsConnectionString(text)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "AzureWebJobsStorage is no connection string of a storage account; copy it from the account's access keys, "
                    + "or write UseDevelopmentStorage=true for Azurite.");
        if (options.BlobServiceUri is not { } address)
            return ValidateOptionsResult.Fail(
                "No storage account is named; set AzureWebJobsStorage, or AzureWebJobsStorage__blobServiceUri with a managed identity.");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"AzureWebJobsStorage__blobServiceUri is no address ('{address}'); write https://<account>.blob.core.windows.net.");
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
