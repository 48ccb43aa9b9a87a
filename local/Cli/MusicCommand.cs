using System.CommandLine;

namespace MusicPipeline.Local.Cli;

/// <summary>A command with examples, which its help shows last.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">First line of its help.</param>
/// <param name="examples">Command lines after <c>./run</c>, each as it would be typed.</param>
internal abstract class MusicCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines after <c>./run</c>.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
