using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Which verb is allowed in which state, and what it makes of it; the table of docs/control.md.</summary>
public sealed class SweepControlStateTests
{
    private static readonly SweepRequest Request = new() { LearningRates = [0.01], HiddenUnits = [3] };

    private static readonly Dictionary<string, Func<SweepControl, string, Task>> Verbs = new(StringComparer.Ordinal)
    {
        ["pause"] = (control, id) => control.PauseAsync(id),
        ["resume"] = (control, id) => control.ResumeAsync(id),
        ["stop"] = (control, id) => control.StopAsync(id),
        ["cancel"] = (control, id) => control.CancelAsync(id),
        ["retry"] = (control, id) => control.RetryAsync(id),
        ["extend"] = (control, id) => control.ExtendAsync(id, new SweepRequest { HiddenUnits = [4] }),
        ["delete"] = (control, id) => control.DeleteAsync(id),
    };

    private readonly SilentSweepHost _host = new();

    // Of each verb: the state it leads to from waiting, running, running while being paused, stopped and cancelled, paused,
    // completed, completed with failures, stopped, cancelled and failed. "-" is a conflict, "gone" no sweep at all, and a
    // word after a slash what the run is asked for.
    [Theory]
    [InlineData("pause", "waiting/pause running/pause running/pause - - paused - - - - -")]
    [InlineData("resume", "waiting running running - - waiting - - waiting waiting -")]
    [InlineData("stop", "waiting/stop running/stop running/stop running/stop - waiting/stop - - stopped - -")]
    [InlineData("cancel", "waiting/cancel running/cancel running/cancel running/cancel running/cancel waiting/cancel - - - cancelled -")]
    [InlineData("retry", "waiting running running/pause running/stop running/cancel - completed waiting - - waiting")]
    [InlineData("extend", "waiting running running/pause - - paused waiting waiting waiting waiting waiting")]
    [InlineData("delete", "- - - - - gone gone gone gone gone gone")]
    public async Task Each_Verb_Does_What_The_Table_Says(string verb, string expected)
    {
        (SweepState State, HaltKind Halt, int Failed)[] states =
        [
            (SweepState.Waiting, HaltKind.None, 0), (SweepState.Running, HaltKind.None, 0), (SweepState.Running, HaltKind.Pause, 0),
            (SweepState.Running, HaltKind.Stop, 0), (SweepState.Running, HaltKind.Cancel, 0), (SweepState.Paused, HaltKind.None, 0),
            (SweepState.Completed, HaltKind.None, 0), (SweepState.Completed, HaltKind.None, 1), (SweepState.Stopped, HaltKind.None, 0),
            (SweepState.Cancelled, HaltKind.None, 0), (SweepState.Failed, HaltKind.None, 0),
        ];
        var store = await SweepRig.StoreAsync();
        var found = new List<string>();
        foreach (var (state, halt, failed) in states)
        {
            var id = await StartAsync(store);
            await store.UpdateJsonAsync<SweepDocument>(BlobPaths.Sweep(id, SweepFiles.Sweep), document => document with
            {
                State = state,
                Halt = halt,
                Counts = new SweepCounts(1, 0, 0, 1 - failed, 0, failed, 0, 0),
                Extensions = null,
            });
            var once = await TryAsync(store, verb, id);
            found.Add(once);
            // Again is the same, but for what a verb cannot be asked of twice: a sweep that is gone.
            if (verb != "delete") Assert.Equal(once, await TryAsync(store, verb, id));
        }

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task What_Goes_On_Is_Started_And_Rid_Of_Its_Flag()
    {
        var store = await SweepRig.StoreAsync();
        var id = await StartAsync(store);
        var control = new SweepControl(store, _host, new ManualTimeProvider());
        var catalog = new SweepCatalog(store, _host, time: new ManualTimeProvider());
        await control.PauseAsync(id);
        Assert.NotNull(await store.FindAsync(BlobPaths.Sweep(id, SweepFiles.Halt)));
        Assert.Equal(HaltKind.Pause, (await catalog.GetAsync(id)).Halt);
        _host.Started.Clear();

        await control.ResumeAsync(id);

        Assert.Null(await store.FindAsync(BlobPaths.Sweep(id, SweepFiles.Halt)));
        Assert.Null((await catalog.GetAsync(id)).Halt);
        Assert.Equal([id], _host.Started);
        Assert.Equal([id, id], _host.Told);
    }

    [Theory]
    [InlineData("{\"dataset\": \"notes\", \"epochs\": 3}", "an extension names dataset, and a sweep keeps its own")]
    [InlineData("{}", "the extension names nothing")]
    [InlineData("{\"epochs\": 0}", "the number of epochs 0 is out of range")]
    public async Task Refuses_An_Extension_That_Cannot_Be(string json, string complaint)
    {
        var store = await SweepRig.StoreAsync();
        var id = await StartAsync(store);
        var extension = System.Text.Json.JsonSerializer.Deserialize<SweepRequest>(json, MusicPipeline.Json.PipelineJson.Options)!;

        var refused = await Assert.ThrowsAsync<InputException>(
            () => new SweepControl(store, _host, new ManualTimeProvider()).ExtendAsync(id, extension));

        Assert.StartsWith(complaint, refused.Message, StringComparison.Ordinal);
        Assert.Equal(InputErrorKind.Invalid, refused.Kind);
    }

    private async Task<string> TryAsync(InMemoryArtifactStore store, string verb, string id)
    {
        try
        {
            await Verbs[verb](new SweepControl(store, _host, new ManualTimeProvider()), id);
        }
        catch (InputException exception) when (exception.Kind == InputErrorKind.Conflict)
        {
            return "-";
        }

        var document = await store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(id, SweepFiles.Sweep));
        if (document is null) return "gone";
        var state = document.State.ToString().ToLowerInvariant();
        return document.Halt == HaltKind.None ? state : $"{state}/{document.Halt.ToString().ToLowerInvariant()}";
    }

    private async Task<string> StartAsync(InMemoryArtifactStore store)
    {
        var service = new SweepService(
            store, new DatasetStore(store), _host, new ManualTimeProvider(), NullLogger<SweepService>.Instance);
        return (await service.StartAsync(Request)).Id;
    }
}
