namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>A sweep that ran from beginning to end.</summary>
/// <param name="Workspace">Where its results are.</param>
/// <param name="Requests">How many requests to storage it took.</param>
internal sealed record UndisturbedSweep(Workspace Workspace, int Requests);
