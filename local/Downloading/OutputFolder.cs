using System.CommandLine;
using MusicPipeline.Errors;

namespace MusicPipeline.Local.Downloading;

/// <summary>Where results are copied to: <c>out</c> in the repository, unless <c>--out</c> names another folder.</summary>
/// <param name="FullPath">Its full path; it is there.</param>
/// <param name="Shown">Its path as it is told to people: short, and good from the current folder.</param>
internal sealed record OutputFolder(string FullPath, string Shown)
{
    /// <summary>Declares the option.</summary>
    public static Option<string?> Option() => new("--out")
    {
        Description = "Folder that the results are copied to; out in the repository unless told otherwise",
        HelpName = "folder",
    };

    /// <summary>Makes the folder, so that what is wrong with it shows before any work is done.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static OutputFolder Create(string? given)
    {
        var path = Path.GetFullPath(string.IsNullOrEmpty(given) ? Path.Combine(RepositoryFolder.Find(), "out") : given);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"no results can be written there ({exception.Message.TrimEnd('.')})",
                "name another folder with --out",
                given ?? path,
                innerException: exception);
        }

        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return new OutputFolder(path, relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }

    /// <summary>A file in it, as it is told to people.</summary>
    public string Show(string file) => $"{Shown.Replace('\\', '/').TrimEnd('/')}/{file}";
}
