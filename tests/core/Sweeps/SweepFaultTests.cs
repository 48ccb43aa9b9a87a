using System.Collections.Concurrent;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Storage that fails at any one call: the sweep ends as if nothing had been.</summary>
public sealed class SweepFaultTests
{
    private static readonly SweepRequest Request = new() { LearningRates = [0.01], HiddenUnits = [3, 4], Epochs = 2, BatchSize = 16 };

    // Every kind of call, and the fewest of each.
    private static readonly SweepRequest OneTrial = Request with { HiddenUnits = [3] };

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task A_Fault_At_Any_Call_Changes_No_Result(StoreFault fault)
    {
        var prepared = await SweepRig.StoreAsync();
        var calls = new ConcurrentQueue<StoreCall>();
        var (expected, _) = await RunAsync(await CopyAsync(prepared), call =>
        {
            calls.Enqueue(call);
            return StoreFault.None;
        }, OneTrial);
        Assert.InRange(calls.Count, 30, 100);

        // A read whose answer is lost is a read that failed.
        foreach (var at in calls.Where(call => fault == StoreFault.Before || IsWrite(call)).Select(call => call.Number))
        {
            var (results, sweep) = await RunAsync(await CopyAsync(prepared), call => call.Number == at ? fault : StoreFault.None, OneTrial);

            Assert.True(sweep.State == SweepState.Completed, $"call {at}: {sweep.State} {sweep.Error}");
            Assert.Equal((1, 0, 0), (sweep.Counts!.Completed, sweep.Counts.Failed, sweep.Counts.Cancelled));
            Assert.Equal(expected, results);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Faults_At_Random_Change_No_Result(int seed)
    {
        var prepared = await SweepRig.StoreAsync();
        var (expected, _) = await RunAsync(await CopyAsync(prepared), _ => StoreFault.None);
        var random = new Random(seed);
        var left = RetryRule.Default.Attempts - 1;

        var (results, sweep) = await RunAsync(await CopyAsync(prepared), _ =>
        {
            lock (random)
            {
                if (left == 0 || random.Next(10) > 0) return StoreFault.None;
                left--;
                return random.Next(2) == 0 ? StoreFault.Before : StoreFault.After;
            }
        });

        Assert.Equal(0, left);
        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(expected, results);
    }

    [Fact]
    public async Task A_Host_Killed_Between_Any_Two_Trials_Goes_On_With_The_Rest()
    {
        var store = await SweepRig.StoreAsync();
        var whole = await CopyAsync(store);
        var (expected, _) = await RunAsync(whole, _ => StoreFault.None);
        var killed = new SweepRig(store);
        var plan = await killed.PlanAsync(Request);
        await killed.Train.RunAsync(new TrialPack(plan.SweepId, [1]));

        var restarted = new SweepRig(store);
        Assert.Equal([plan.SweepId], await restarted.Service.ResumeAsync());
        await restarted.Host.WaitAsync(plan.SweepId);

        var sweep = await restarted.DocumentAsync(plan.SweepId);
        Assert.Equal(new SweepCounts(2, 0, 0, 2, 0, 0, 0, 1), sweep.Counts);
        Assert.Equal(expected, Results(store));
        Assert.Empty(await new SweepRig(store).Service.ResumeAsync());
    }

    private static bool IsWrite(StoreCall call) => call.Operation is "Write" or "TryCreate" or "TryReplace" or "Delete";

    /// <summary>Runs the sweep, asking again for as long as the request itself fails, and returns its results.</summary>
    private static async Task<(Dictionary<string, string> Results, SweepDocument Sweep)> RunAsync(
        InMemoryArtifactStore store, Func<StoreCall, StoreFault> decide, SweepRequest? request = null)
    {
        var rig = new SweepRig(new FaultyArtifactStore(store, decide), parallel: 1);
        StartedSweep? started = null;
        while (started is null)
        {
            try
            {
                started = await rig.Service.StartAsync(request ?? Request);
            }
            catch (IOException)
            {
                // As a client does that gets a 500.
            }
        }

        await rig.Host.WaitAsync(started.Id);
        return (Results(store), (await store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(started.Id, SweepFiles.Sweep)))!);
    }

    /// <summary>All that must not depend on the way: trials, and of the sweep everything but what counts reuse.</summary>
    private static Dictionary<string, string> Results(InMemoryArtifactStore store) => store.Snapshot()
        .Where(blob => blob.Key.StartsWith("trials/", StringComparison.Ordinal)
            || blob.Key.EndsWith("plan.json", StringComparison.Ordinal)
            || blob.Key.EndsWith("best.onnx", StringComparison.Ordinal)
            || blob.Key.EndsWith(".png", StringComparison.Ordinal))
        .ToDictionary(blob => blob.Key, blob => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(blob.Value)));

    private static async Task<InMemoryArtifactStore> CopyAsync(InMemoryArtifactStore store)
    {
        var copy = InMemoryArtifactStore.WithContainers();
        foreach (var (name, content) in store.Snapshot())
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            await copy.WriteAsync(new BlobPath(name[..slash], name[(slash + 1)..]), content);
        }

        return copy;
    }
}
