using MusicPipeline.Local.Running;
using Xunit;

namespace MusicPipeline.Tests.Local.Running;

public sealed class FairGateTests
{
    private readonly List<string> _order = [];

    [Fact]
    public async Task Sweeps_Take_Turns_However_Much_One_Of_Them_Asks_For()
    {
        var gate = new FairGate(1);
        await gate.WaitAsync("first", 0, CancellationToken.None);
        Task[] asked = [.. Ask(gate, "large", 4), .. Ask(gate, "small", 2), .. Ask(gate, "other", 1)];

        await DrainAsync(gate, asked);

        Assert.Equal(["large", "small", "other", "large", "small", "large", "large"], _order);
    }

    [Fact]
    public async Task A_Higher_Priority_Comes_First()
    {
        var gate = new FairGate(1);
        await gate.WaitAsync("first", 0, CancellationToken.None);
        Task[] asked = [.. Ask(gate, "low", 2, -1), .. Ask(gate, "normal", 2), .. Ask(gate, "high", 2, 5)];

        await DrainAsync(gate, asked);

        Assert.Equal(["high", "high", "normal", "normal", "low", "low"], _order);
    }

    [Fact]
    public async Task Who_Gives_Up_Takes_No_Slot()
    {
        var gate = new FairGate(2);
        await gate.WaitAsync("one", 0, CancellationToken.None);
        await gate.WaitAsync("two", 0, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var given = gate.WaitAsync("three", 0, cancellation.Token);
        var patient = gate.WaitAsync("four", 0, CancellationToken.None);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.False(patient.IsCompleted);
        gate.Release();

        await patient;
    }

    private IEnumerable<Task> Ask(FairGate gate, string sweep, int times, int priority = 0) =>
        Enumerable.Range(0, times).Select(_ => AskAsync(gate, sweep, priority)).ToArray();

    private async Task AskAsync(FairGate gate, string sweep, int priority)
    {
        await gate.WaitAsync(sweep, priority, CancellationToken.None);
        lock (_order) _order.Add(sweep);
        gate.Release();
    }

    private static async Task DrainAsync(FairGate gate, Task[] asked)
    {
        gate.Release();
        await Task.WhenAll(asked);
    }
}
