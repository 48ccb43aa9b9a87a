using System.Collections.Concurrent;
using System.Security.Cryptography;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Collections;

/// <summary>Storage that fails at any one call, a worker that is killed at any of them, and recordings that change meanwhile.</summary>
public sealed class CollectFaultTests
{
    [Fact]
    public async Task A_Fault_That_Nobody_Thought_Of_Leaves_Out_One_Recording_Alone()
    {
        var store = await CollectRig.StoreAsync();
        var rig = new CollectRig(new FaultyArtifactStore(store, call =>
            call is { Operation: "OpenRead", Path.Name: "strings/cello/1.wav" } ? throw new NotSupportedException() : StoreFault.None));

        var view = await rig.CollectAsync();

        Assert.Equal(CollectionState.Collected, view.State);
        var left = Assert.Single(view.Results!.LeftOut);
        Assert.Equal("cello/1.wav", left.File);
        Assert.StartsWith("it could not be read, for a reason that is in the log; ", left.Reason, StringComparison.Ordinal);
        Assert.Equal([3, 4], view.Results.Labels.Select(label => label.Recordings));
        Assert.Contains("rejected/recordings/strings/cello/1.wav.json", store.Snapshot().Keys);

        // The next collecting looks at it again.
        Assert.Empty((await new CollectRig(store).CollectAsync()).Results!.LeftOut);
    }

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task A_Fault_At_Any_Call_Changes_No_Result(StoreFault fault)
    {
        var prepared = await CollectRig.StoreAsync(recordings: 3, notes: 1);
        var calls = new ConcurrentQueue<StoreCall>();
        var expected = await RunAsync(await CopyAsync(prepared), call =>
        {
            calls.Enqueue(call);
            return StoreFault.None;
        });
        Assert.InRange(calls.Count, 40, 200);
        foreach (var at in calls.Where(call => fault == StoreFault.Before || IsWrite(call)).Select(call => call.Number))
            Assert.Equal(expected, await RunAsync(await CopyAsync(prepared), call => call.Number == at ? fault : StoreFault.None));
    }

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task A_Worker_Killed_At_Any_Write_Is_Followed_By_One_That_Ends_It(StoreFault last)
    {
        var prepared = await CollectRig.StoreAsync(recordings: 3, notes: 1);
        var writes = 0;
        var expected = await RunAsync(await CopyAsync(prepared), call =>
        {
            if (IsWrite(call)) Interlocked.Increment(ref writes);
            return StoreFault.None;
        });
        Assert.InRange(writes, 15, 60);

        for (var at = 1; at <= writes; at++)
        {
            var store = await CopyAsync(prepared);
            var written = 0;
            var killed = new CollectRig(new FaultyArtifactStore(store, call =>
            {
                var number = IsWrite(call) ? Interlocked.Increment(ref written) : Volatile.Read(ref written);
                // From then on nothing of this worker reaches the store.
                return number < at ? StoreFault.None : number == at && IsWrite(call) ? last : StoreFault.Before;
            }));
            try
            {
                await killed.WaitAsync(await killed.Service.StartAsync(CollectRig.Name));
            }
            catch (Exception exception) when (exception is ActivityFailedException or IOException)
            {
                // That is what being killed looks like from inside.
            }

            var next = new CollectRig(store);
            if ((await next.Service.ResumeAsync()).Count > 0)
            {
                var state = (await store.TryReadJsonAsync<CollectState>(BlobPaths.Collection(CollectRig.Name, CollectionFiles.State)))!;
                await next.WaitAsync(new CollectRun(CollectRig.Name, state.Run));
            }
            else
            {
                await next.CollectAsync();
            }

            Assert.Equal(expected, Results(store));
        }
    }

    [Fact]
    public async Task A_Recording_That_Changes_While_It_Is_Collected_Is_Read_Again()
    {
        var store = await CollectRig.StoreAsync();
        var changed = 0;
        var rig = new CollectRig(store)
        {
            OnActivity = async activity =>
            {
                if (activity == CollectNames.Build && Interlocked.Increment(ref changed) == 1)
                {
                    await CollectRig.UploadAsync(store, "cello/2.wav", CollectRig.Wave(170, notes: 5));
                    await CollectRig.UploadAsync(store, "cello/late.wav", CollectRig.Wave(180));
                    await store.DeleteAsync(BlobPaths.Recording(CollectRig.Name, "violin/1.wav"));
                }
            },
        };

        var view = await rig.CollectAsync();

        Assert.Equal(
            [("cello", 5, 13), ("violin", 3, 6)],
            view.Results!.Labels.Select(label => (label.Name, label.Recordings, label.Notes)));
        Assert.Equal(2, changed);
    }

    [Fact]
    public async Task A_Recording_That_Changes_While_It_Is_Read_Counts_As_It_Is_Then()
    {
        var store = await CollectRig.StoreAsync();
        var changed = 0;
        var rig = new CollectRig(new FaultyArtifactStore(store, async call =>
        {
            if (call is { Operation: "OpenRead", Path.Name: "strings/cello/2.wav" } && Interlocked.Increment(ref changed) == 1)
                await CollectRig.UploadAsync(store, "cello/2.wav", CollectRig.Wave(170, notes: 5));
            return StoreFault.None;
        }));
        Assert.Equal(11, (await rig.CollectAsync()).Results!.Labels[0].Notes);
        Assert.Equal(2, changed);
    }

    [Fact]
    public async Task Who_Asks_Again_While_It_Runs_Gets_What_Is_Uploaded_By_Then()
    {
        var store = await CollectRig.StoreAsync();
        CollectRig? rig = null;
        var asked = 0;
        rig = new CollectRig(store)
        {
            OnActivity = async activity =>
            {
                if (activity != CollectNames.Build || Interlocked.Increment(ref asked) != 1) return;
                // It is no recording, so that no list tells of it.
                await CollectRig.UploadAsync(store, RecordingName.SourcesFile, """{"cello/*": "anna"}"""u8.ToArray());
                await rig!.Service.StartAsync(CollectRig.Name);
            },
        };
        var view = await rig.CollectAsync();
        Assert.Equal(2, asked);
        Assert.Equal("anna", Assert.Single(view.Results!.Sources).Name);
    }

    [Fact]
    public async Task Two_At_Once_End_In_The_Same()
    {
        var prepared = await CollectRig.StoreAsync();
        var expected = await RunAsync(await CopyAsync(prepared), _ => StoreFault.None);
        var store = await CopyAsync(prepared);
        var workers = new[] { new CollectRig(store), new CollectRig(store), new CollectRig(store) };
        await Task.WhenAll(workers.Select(worker => worker.CollectAsync()));
        Assert.Equal(expected, Results(store));
    }

    [Fact]
    public async Task A_Duplicate_Of_An_Activity_Changes_Nothing()
    {
        var store = await CollectRig.StoreAsync();
        CollectRig? rig = null;
        rig = new CollectRig(store);
        await rig.CollectAsync();
        var before = store.Snapshot();
        var run = new CollectRun(CollectRig.Name, 1);
        var planned = await rig.CallActivityAsync<PlannedCollect>(CollectNames.Plan, run);
        await rig.CallActivityAsync<int>(CollectNames.FindNotes, new NotesCall(CollectRig.Name, planned.Id, 0));
        await rig.CallActivityAsync<bool>(CollectNames.Build, planned);
        await rig.CallActivityAsync<bool>(CollectNames.Build, planned);
        Assert.True(await rig.CallActivityAsync<bool>(CollectNames.Fail, new CollectFault(CollectRig.Name, 1, 1, "late")));
        Assert.Equal(before.Select(file => (file.Key, Hash(file.Value))), store.Snapshot().Select(file => (file.Key, Hash(file.Value))));
    }

    private static bool IsWrite(StoreCall call) => call.Operation is "Write" or "TryCreate" or "TryReplace" or "Delete";

    private static async Task<Dictionary<string, string>> RunAsync(InMemoryArtifactStore store, Func<StoreCall, StoreFault> decide)
    {
        var rig = new CollectRig(new FaultyArtifactStore(store, decide));
        while (true)
        {
            try
            {
                await rig.WaitAsync(await rig.Service.StartAsync(CollectRig.Name));
                return Results(store);
            }
            catch (IOException)
            {
                // As a client does that gets a 500.
            }
        }
    }

    /// <summary>All that must not depend on the way.</summary>
    private static Dictionary<string, string> Results(InMemoryArtifactStore store) => store.Snapshot()
        .Where(blob => !blob.Key.EndsWith("state.json", StringComparison.Ordinal))
        .ToDictionary(blob => blob.Key, blob => Hash(blob.Value));

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

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
