using MusicPipeline.Errors;

namespace MusicPipeline.Local.Cli;

/// <summary>Opens files that the user names; what is wrong with one is said in a sentence with its name.</summary>
internal static class InputFile
{
    private const int Buffer = 1 << 16;

    /// <summary>Opens a file for reading from its start on.</summary>
    /// <exception cref="InputException">It is not there, is a folder, or cannot be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path)) throw new InputException("this is a folder", "name one file", path);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.SequentialScan);
            if (file.CanSeek) return file;
            file.Dispose();
            throw new InputException("this is a pipe or a device", "save it to a file first", path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("there is no such file", "check the name", path, InputErrorKind.NotFound, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InputException("it may not be read", "check its permissions", path, innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException(
                $"it cannot be opened ({exception.Message.TrimEnd('.')})", "check the name", path, innerException: exception);
        }
    }

    /// <summary>Reads a file with core's readers, whose errors do not know its name.</summary>
    /// <exception cref="InputException">The file is wrong; the message starts with its name.</exception>
    public static async Task<T> ReadAsync<T>(string path, Func<Stream, Task<T>> read)
    {
        await using var file = Open(path);
        try
        {
            return await read(file);
        }
        catch (InputException exception)
        {
            throw exception.About(path);
        }
    }
}
