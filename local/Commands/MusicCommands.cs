using MusicPipeline.Local.Cli;

namespace MusicPipeline.Local.Commands;

/// <summary>Every command of the program, in the order of its help.</summary>
internal static class MusicCommands
{
    /// <summary>What the program's own help shows.</summary>
    public static IReadOnlyList<string> RootExamples { get; } =
        ["upload my-cello.aiff", "inspect samples/notes_train_data.npy"];

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<MusicCommand> All(Terminal terminal) =>
    [
        new UploadCommand(terminal),
        new InspectCommand(terminal),
    ];
}
