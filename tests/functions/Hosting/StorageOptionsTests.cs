using Microsoft.Extensions.Configuration;
using MusicPipeline.Functions.Hosting;
using Xunit;

namespace MusicPipeline.Functions.Tests.Hosting;

public sealed class StorageOptionsTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", null, true)]
    [InlineData(null, "https://account.blob.core.windows.net", true)]
    [InlineData("", "https://account.blob.core.windows.net", true)]
    [InlineData("nonsense", null, false)]
    [InlineData(null, "account", false)]
    [InlineData(null, null, false)]
    [InlineData("", "", false)]
    public void Refuses_At_The_Start_What_Names_No_Account(string? connection, string? address, bool accepted)
    {
        var options = new StorageOptions();
        options.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["AzureWebJobsStorage"] = connection, ["AzureWebJobsStorage:blobServiceUri"] = address })
            .Build());

        var result = new StorageOptionsValidator().Validate(null, options);

        Assert.Equal(accepted, result.Succeeded);
        if (!accepted) Assert.Contains("AzureWebJobsStorage", result.FailureMessage, StringComparison.Ordinal);
    }
}
