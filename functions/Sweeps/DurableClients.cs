using Microsoft.DurableTask.Client;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>
/// The Durable client of the function that runs right now. It comes as a binding, an invocation at a time, while the
/// services that start and cancel sweeps live as long as the worker.
/// </summary>
public sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <summary>The client of this invocation.</summary>
    /// <exception cref="InvalidOperationException">The function has not called <see cref="Use"/>.</exception>
    public DurableTaskClient Current => _current.Value
        ?? throw new InvalidOperationException("This function has no Durable client; bind one and hand it over.");

    /// <summary>Hands over the client of this invocation; it holds for everything that is called from here on.</summary>
    public void Use(DurableTaskClient client) => _current.Value = client;
}
