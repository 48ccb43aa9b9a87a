using System.Runtime.InteropServices;

namespace MusicPipeline.Local.Cli;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancelled token, so that commands can undo and stop what they started.
/// A second Ctrl-C ends the program at once.
/// </summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _exitCode;

    /// <summary>Listens from now on.</summary>
    public Shutdown() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCodes.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => Stop(signal, ExitCodes.Interrupted)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Exit code that goes with the signal; <see cref="ExitCodes.Interrupted"/> where there was none.</summary>
    public int ExitCode => _exitCode == 0 ? ExitCodes.Interrupted : _exitCode;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) return;
        signal.Cancel = true;
        _source.Cancel();
    }
}
