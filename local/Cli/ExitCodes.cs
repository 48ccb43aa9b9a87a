namespace MusicPipeline.Local.Cli;

/// <summary>What the program ends with; 128 and the signal's number after a signal, as shells expect.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something unexpected, or something this machine lacks.</summary>
    public const int Fault = 1;

    /// <summary>What the user gave cannot be used: a file, an option, a request.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;
}
