using MusicPipeline.Local.Cli;

namespace MusicPipeline.Local.Commands;

/// <summary>Every command of the program, in the order of its help.</summary>
internal static class MusicCommands
{
    /// <summary>What the program's own help shows.</summary>
    public static IReadOnlyList<string> RootExamples { get; } =
        ["", "up", "upload my-cello.aiff", "sweep --preset learning-rate", "mel samples/Cello.mf.Ab3Bb3.aiff cello.png"];

    /// <summary>Creates the commands.</summary>
    public static IEnumerable<MusicCommand> All(Terminal terminal) =>
    [
        new UpCommand(terminal),
        new UploadCommand(terminal),
        new CollectCommand(terminal),
        new LabelCommand(terminal),
        new SweepCommand(terminal),
        new PredictCommand(terminal),
        new ClassifyCommand(terminal),
        new ConvertCommand(terminal),
        new MelCommand(terminal),
        new InspectCommand(terminal),
        new BenchCommand(terminal),
    ];
}
