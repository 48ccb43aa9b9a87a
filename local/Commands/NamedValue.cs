using MusicPipeline.Errors;

namespace MusicPipeline.Local.Commands;

/// <summary>Values of an enumeration by their names, in any case.</summary>
internal static class NamedValue
{
    /// <exception cref="InputException">There is no such name.</exception>
    public static T Parse<T>(string name, string what, string option)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        throw new InputException(
            $"there is no {what} '{name}'", $"choose one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}", option);
    }
}
