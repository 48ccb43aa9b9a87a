using System.Runtime.InteropServices;

namespace MusicPipeline.Local.Tests;

/// <summary>
/// Signals that whoever started the tests has them ignore, as a script does with what it runs in the background: children
/// inherit that, and a program that is meant to end on Ctrl-C would not.
/// </summary>
internal static unsafe partial class IgnoredSignals
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const nint Default = 0;
    private const nint Ignored = 1;

    // More than a struct sigaction takes, whose first field is the handler.
    private const int ActionSize = 256;

    /// <summary>Gives those that end a program from the terminal their default effect, for this process and its children.</summary>
    public static void Hear()
    {
        if (OperatingSystem.IsWindows()) return;
        var action = stackalloc byte[ActionSize];
        foreach (var number in (ReadOnlySpan<int>)[Interrupt, Quit])
        {
            if (ReadAction(number, null, action) == 0 && *(nint*)action == Ignored) SetHandler(number, Default);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int ReadAction(int number, void* replacement, byte* action);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int number, nint handler);
}
