using MusicPipeline.Errors;

namespace MusicPipeline.Local.Cli;

/// <summary>
/// Writes a result whole or not at all: to a temporary file beside the target, which then takes the target's place.
/// </summary>
internal static class OutputFile
{
    /// <summary>Writes a file, replacing what is there.</summary>
    /// <exception cref="InputException">The target cannot be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var target = Resolve(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            T result;
            await using (var file = Create(temporary, path))
            {
                result = await write(file);
            }

            File.Move(temporary, target, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Resolve(string path)
    {
        if (Directory.Exists(path)) throw new InputException("this is a folder", "name the file to write", path);
        var target = Path.GetFullPath(path);

        // A link stays a link: the file it leads to is replaced.
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        if (!OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal))
            throw new InputException("this is a device", "name the file to write", path);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new InputException("its folder is not there", "make the folder first", path, InputErrorKind.NotFound);
        return target;
    }

    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"it cannot be written ({exception.Message.TrimEnd('.')})", "choose another place", path, innerException: exception);
        }
    }
}
