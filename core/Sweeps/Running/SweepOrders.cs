using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>What a running sweep is to do.</summary>
/// <param name="Halt">What it was asked for.</param>
/// <param name="Yields">Whether one of a higher priority runs, so that it trains one pack of trials at a time.</param>
public sealed record SweepOrders(
    HaltKind Halt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Yields = false)
{
    /// <summary>Number of the run that is on record; see <see cref="SweepDocument.Run"/>.</summary>
    public int Run { get; init; }
}
