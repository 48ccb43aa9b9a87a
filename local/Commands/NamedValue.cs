using MusicPipeline.Errors;

namespace MusicPipeline.Local.Commands;

/// <summary>Values by their names, in any case.</summary>
internal static class NamedValue
{
    /// <summary>A name as it is written in a list of them.</summary>
    /// <exception cref="InputException">There is no such name.</exception>
    public static string Find(IReadOnlyList<string> names, string name, string what, string option) =>
        names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException($"there is no {what} '{name}'", $"choose one of {string.Join(", ", names).ToLowerInvariant()}", option);
}
