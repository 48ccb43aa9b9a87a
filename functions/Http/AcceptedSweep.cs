using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Sweeps;

namespace MusicPipeline.Functions.Http;

/// <summary>The answer to a request for a sweep: the local host's, and where Durable Functions manages the instance.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IsNew">Whether this request started it.</param>
/// <param name="Durable">Durable's URLs for the orchestration.</param>
internal sealed record AcceptedSweep(string Id, SweepState State, bool IsNew, HttpManagementPayload Durable);
