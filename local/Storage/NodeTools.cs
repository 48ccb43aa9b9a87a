using System.ComponentModel;
using System.Diagnostics;

namespace MusicPipeline.Local.Storage;

/// <summary>Starts <c>node</c> and <c>npm</c>, which Azurite needs.</summary>
internal static class NodeTools
{
    /// <summary>Node with a script; its three standard streams are pipes.</summary>
    public static Process StartNode(string workingFolder, params string[] arguments) => Start("node", workingFolder, arguments);

    /// <summary>npm, which is a batch file on Windows.</summary>
    public static Process StartNpm(string workingFolder, params string[] arguments) => OperatingSystem.IsWindows()
        ? Start("cmd.exe", workingFolder, ["/d", "/c", "npm", .. arguments])
        : Start("npm", workingFolder, arguments);

    private static Process Start(string program, string workingFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new SetupException(
                $"'{program}' was not found, and the storage emulator Azurite needs Node.js 20 or newer",
                "install it from https://nodejs.org, or name a storage account in AzureWebJobsStorage",
                exception);
        }
    }
}
