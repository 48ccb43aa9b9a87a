using System.Text.Json.Serialization;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Reads what a running sweep is to do.</summary>
public sealed class ReadCommandsActivity(IArtifactStore store, SweepCapacity capacity)
{
    /// <summary>What the sweep's document says, and those of others; a sweep that is gone is to be cancelled.</summary>
    public async Task<SweepCommands> RunAsync(string sweepId, CancellationToken cancellationToken = default) =>
        await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(sweepId), cancellationToken) is { } document
            ? await OfAsync(document, store, capacity, cancellationToken)
            : new SweepCommands(HaltKind.Cancel);

    /// <summary>What a sweep is to do.</summary>
    internal static async Task<SweepCommands> OfAsync(
        SweepDocument document, IArtifactStore store, SweepCapacity capacity, CancellationToken cancellationToken) =>
        new(
            document.Halt,
            capacity.Yields && document.Halt == HaltKind.None && await store.IsOutrankedAsync(document, cancellationToken))
        {
            Run = document.Run,
        };
}

/// <summary>What a running sweep is to do.</summary>
/// <param name="Halt">What it was asked for.</param>
/// <param name="Yields">Whether one of a higher priority runs, so that it trains one pack of trials at a time.</param>
public sealed record SweepCommands(
    HaltKind Halt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Yields = false)
{
    /// <summary>Number of the run that is on record; see <see cref="SweepDocument.Run"/>.</summary>
    public int Run { get; init; }
}
