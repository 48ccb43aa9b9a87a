using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Something that happened in a sweep, for whoever follows it.</summary>
/// <param name="Name">One of the constants here.</param>
/// <param name="Data">
/// A <see cref="StatusEvent"/> of <c>status</c> and <c>end</c>, an <see cref="EpochEvent"/> of <c>epoch</c>, a
/// <see cref="TrialView"/> of <c>trial</c>; null of a sign of life.
/// </param>
/// <param name="Id">Where following goes on after this event; null where that cannot be said in short.</param>
public sealed record SweepEvent(string Name, object? Data, string? Id)
{
    /// <summary>The sweep's state, counts, best trial or estimated end changed.</summary>
    public const string Status = "status";

    /// <summary>A running trial did an epoch.</summary>
    public const string Epoch = "epoch";

    /// <summary>A trial ended.</summary>
    public const string Trial = "trial";

    /// <summary>The sweep ended; nothing follows.</summary>
    public const string End = "end";

    /// <summary>Nothing happened for a while, and the sweep is still followed.</summary>
    public const string SignOfLife = "";
}

/// <summary>A sweep as a whole.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Counts">Trials by state; null where that is not known yet.</param>
/// <param name="Best">The best trial so far.</param>
/// <param name="EstimatedEnd">When it should end.</param>
/// <param name="Error">Why it failed.</param>
public sealed record StatusEvent(
    string Id, SweepState State, SweepCounts? Counts, BestTrial? Best, DateTimeOffset? EstimatedEnd, string? Error);
