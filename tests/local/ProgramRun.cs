namespace MusicPipeline.Local.Tests;

/// <summary>A command line and where it runs.</summary>
/// <param name="Folder">The current folder.</param>
/// <param name="Arguments">What follows the program's name.</param>
/// <param name="Environment">Variables beside those of the tests.</param>
internal sealed record ProgramRun(string Folder, string[] Arguments, Dictionary<string, string> Environment);
