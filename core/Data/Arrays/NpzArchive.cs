using System.IO.Compression;
using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>The arrays of a <c>.npz</c> file, which is a zip archive of <c>.npy</c> files.</summary>
public sealed class NpzArchive : IDisposable
{
    private const string Extension = ".npy";
    private const string SaveAgain = "save the archive again with numpy.savez";

    // Deflate's best: one bit for a run of 258 bytes and the bit of its distance, so 1032 to 1.
    private const long MaxRatio = 1032;
    private readonly ZipArchive _zip;
    private readonly OrderedDictionary<string, ZipArchiveEntry> _members = [];
    private readonly List<string> _others = [];
    private readonly List<Stream> _opened = [];

    private NpzArchive(ZipArchive zip)
    {
        _zip = zip;
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            var name = entry.FullName;
            if (!name.EndsWith(Extension, StringComparison.Ordinal) && !IsArray(entry)) _others.Add(name);
            else _members.TryAdd(Name(name), entry);
        }

        // NumPy, too, gives "a" to a member of just this name, and leaves "a.npy" its own.
        string Name(string file) =>
            file.EndsWith(Extension, StringComparison.Ordinal) && zip.GetEntry(file[..^Extension.Length]) is null
                ? file[..^Extension.Length]
                : file;
    }

    /// <summary>
    /// Names of the arrays as NumPy gives them, without <c>.npy</c>, in the order of the archive. As in NumPy a member is
    /// an array also without that ending where it begins as one.
    /// </summary>
    public IReadOnlyCollection<string> Members => _members.Keys;

    /// <summary>Names of the members that are no arrays.</summary>
    public IReadOnlyCollection<string> Others => _others;

    /// <summary>Reads the list of members. The stream stays the caller's and must outlive the archive.</summary>
    /// <param name="stream">At the start of the file; it must be able to seek.</param>
    /// <exception cref="InputException">The file is no zip archive.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static NpzArchive Open(Stream stream)
    {
        if (!stream.CanSeek) throw new ArgumentException("A zip archive is read from its end, so its stream must seek.", nameof(stream));
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return new NpzArchive(zip);
        }
        catch (Exception e) when (IsDamage(e))
        {
            zip?.Dispose();
            throw new InputException("the file is no zip archive, as .npz files are", SaveAgain, innerException: e);
        }
    }

    /// <summary>Opens one array; the reader works until the archive is disposed.</summary>
    /// <param name="member">One of <see cref="Members"/>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InputException">There is no such member, or it is no array that is read here.</exception>
    public async Task<NpyReader> OpenAsync(string member, CancellationToken cancellationToken = default)
    {
        if (!_members.TryGetValue(member, out var entry))
            throw new InputException(
                $"the archive has no array '{member}'",
                Members.Count == 0 ? SaveAgain : "choose one of " + string.Join(", ", Members.Take(20)));
        // The directory's length is what the array's header is held against, so it must be a possible one itself.
        if (entry.Length > (entry.CompressedLength + 1) * (Int128)MaxRatio)
            throw new InputException(
                $"the array '{member}' says it unpacks from {entry.CompressedLength:N0} to {entry.Length:N0} bytes, which cannot be",
                SaveAgain);
        try
        {
            var stream = entry.Open();
            _opened.Add(stream);
            return await NpyReader.OpenAsync(stream, entry.Length, cancellationToken);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new InputException($"the array '{member}' cannot be unpacked", SaveAgain, innerException: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in _opened) stream.Dispose();
        _zip.Dispose();
    }

    private static bool IsArray(ZipArchiveEntry entry)
    {
        try
        {
            using var stream = entry.Open();
            var start = new byte[NpyHeaderReader.MagicLength];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && NpyHeaderReader.IsMagic(start);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return false;
        }
    }

    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException;
}
