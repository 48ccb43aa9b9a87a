using Microsoft.DurableTask.Client;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>
/// The Durable client of the function that runs right now. It comes as a binding, an invocation at a time, and holds for the services that
/// live as long as the invocation.
/// </summary>
internal sealed class DurableInvocation
{
    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">The function binds none.</exception>
    public DurableTaskClient Client
    {
        get => field ?? throw new InvalidOperationException("This function has no Durable client; let it bind one.");
        set;
    }
}
