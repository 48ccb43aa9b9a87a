using Azure;
using MusicPipeline.Local.Storage;
using Xunit;

namespace MusicPipeline.Tests.Local.Storage;

public sealed class StorageTroubleTests
{
    [Theory]
    [InlineData(0, "the storage account does not answer (it failed); check AzureWebJobsStorage, and that the account or Azurite is up.")]
    [InlineData(500, "the storage account cannot serve a request (it failed); try again later.")]
    [InlineData(503, "the storage account cannot serve a request (it failed); try again later.")]
    [InlineData(429, "the storage account cannot serve a request (it failed); try again later.")]
    [InlineData(404, null)]
    [InlineData(412, null)]
    public void Says_What_Is_Storages_Fault(int status, string? sentence)
    {
        var fault = new RequestFailedException(status, "it failed.\nand more");
        Assert.Equal(sentence, StorageTrouble.Describe(fault, () => null));
        Assert.Equal(
            sentence, StorageTrouble.Describe(new InvalidOperationException("wrapped", new AggregateException(fault)), () => null));
    }

    [Fact]
    public void Says_That_A_Disk_Is_Full()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no full disk at hand.");
        // A file system without a free byte.
        Assert.Equal(
            "the disk that holds /proc is full (it failed); free some space on it.",
            StorageTrouble.Describe(new RequestFailedException(500, "it failed"), () => "/proc"));
    }

    [Fact]
    public void Other_Faults_Are_None_Of_Its() =>
        Assert.Null(StorageTrouble.Describe(new InvalidOperationException("it failed"), () => "/proc"));
}
