using Azure;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Storage;

/// <summary>
/// Faults that are the storage account's and pass with its trouble: in words, for the log, a sweep's status and the user.
/// </summary>
internal static class StorageTrouble
{
    // Less than a report or a model takes.
    private const long LeastFree = 1 << 20;

    /// <summary>What is wrong, and what to do, in one sentence; null where the fault is another.</summary>
    public static string? Describe(Exception fault) => Describe(fault, OwnFolder);

    /// <param name="fault">What a command or the host ran into.</param>
    /// <param name="ownFolder">Finds the folder of our own Azurite's data, or null; asked only where storage is at fault.</param>
    internal static string? Describe(Exception fault, Func<string?> ownFolder)
    {
        if (!StorageAwayException.IsAway(fault) || Find(fault) is not { } failed) return null;
        var reason = FaultText.FirstLine(failed);
        if (ownFolder() is { } folder && IsFull(folder)) return $"the disk that holds {folder} is full ({reason}); free some space on it.";
        return failed.Status == 0
            ? $"the storage account does not answer ({reason}); check AzureWebJobsStorage, and that the account or Azurite is up."
            : $"the storage account cannot serve a request ({reason}); try again later.";
    }

    private static RequestFailedException? Find(Exception? fault)
    {
        while (fault is not (null or RequestFailedException)) fault = fault.InnerException;
        return (RequestFailedException?)fault;
    }

    /// <summary>Where our own Azurite keeps its data; null where another account is used.</summary>
    private static string? OwnFolder()
    {
        try
        {
            return StorageSettings.Read(RepositoryFolder.Find()) is { IsOwnAzurite: true } settings ? settings.DataFolder : null;
        }
        catch (SetupException)
        {
            return null;
        }
    }

    private static bool IsFull(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace < LeastFree;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
