using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class SweepServiceTests
{
    private static readonly SweepRequest Request = new() { HiddenUnits = [3, 4], Epochs = 1, BatchSize = 16 };

    private readonly SilentSweepHost _host = new();

    [Fact]
    public async Task A_New_Sweep_Is_Put_On_Record_And_Started()
    {
        var store = await SweepRig.StoreAsync();

        var started = await Service(store).StartAsync(Request);

        Assert.True(started.IsNew);
        Assert.Equal(SweepState.Waiting, started.State);
        Assert.Equal([started.Id], _host.Started);
        var document = await DocumentAsync(store, started.Id);
        Assert.Equal((SweepState.Waiting, "notes", null), (document.State, document.Dataset, document.IdempotencyKey));
        Assert.Equal(Request.HiddenUnits!, document.Request.HiddenUnits!);
    }

    [Fact]
    public async Task The_Same_Request_Again_Is_The_Same_Sweep()
    {
        var store = await SweepRig.StoreAsync();
        var first = await Service(store).StartAsync(Request);

        var second = await Service(store).StartAsync(Request with { Dataset = "notes" });

        Assert.Equal(first with { IsNew = false }, second);
    }

    [Fact]
    public async Task The_Same_Request_Sent_At_Once_Is_One_Sweep()
    {
        var store = await SweepRig.StoreAsync();

        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Service(store).StartAsync(Request)));

        Assert.Single(started.Select(sweep => sweep.Id).Distinct());
        Assert.Single(started, sweep => sweep.IsNew);
        Assert.Single(store.Snapshot().Keys, name => name.EndsWith("sweep.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_Data_Is_Another_Sweep()
    {
        var store = await SweepRig.StoreAsync();
        var first = await Service(store).StartAsync(Request);
        await SweepRig.IngestAsync(store, "notes", seed: 2);

        var second = await Service(store).StartAsync(Request);

        Assert.True(second.IsNew);
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual((await DocumentAsync(store, first.Id)).DatasetVersion, (await DocumentAsync(store, second.Id)).DatasetVersion);
    }

    [Theory]
    [InlineData(
        "other",
        "there is no data set 'other'; upload other_train_data.npy, other_train_labels.npy, other_test_data.npy, "
        + "other_test_labels.npy to dataset-uploads.")]
    [InlineData("../notes", "the data set's name has the character '/'; name one of those that are listed.")]
    [InlineData("", "the data set's name is empty; name one of those that are listed.")]
    public async Task A_Data_Set_That_Is_Not_There_Is_Not_Found(string name, string message)
    {
        var store = await SweepRig.StoreAsync();

        var exception = await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request with { Dataset = name }));

        Assert.Equal(message, exception.Message);
        Assert.Equal(InputErrorKind.NotFound, exception.Kind);
        Assert.Empty(_host.Started);
    }

    [Fact]
    public async Task A_Data_Set_Must_Be_Named_Where_There_Are_Several()
    {
        var store = InMemoryArtifactStore.WithContainers();
        Assert.StartsWith(
            "there is no data set yet;",
            (await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request))).Message,
            StringComparison.Ordinal);
        await SweepRig.IngestAsync(store, "b", seed: 1);
        await SweepRig.IngestAsync(store, "a", seed: 2);

        Assert.Equal(
            "there are 2 data sets; name one of a, b.",
            (await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request))).Message);
        Assert.Equal("a", (await DocumentAsync(store, (await Service(store).StartAsync(Request with { Dataset = "a" })).Id)).Dataset);
    }

    [Fact]
    public async Task A_Wrong_Request_Leaves_Nothing_Behind()
    {
        var store = await SweepRig.StoreAsync();
        var before = store.Snapshot().Keys;

        await Assert.ThrowsAsync<InputException>(() => Service(store).StartAsync(Request with { Epochs = 0 }, "monday"));

        Assert.Equal(before, store.Snapshot().Keys);
    }

    [Theory]
    [InlineData(SweepState.Waiting, false, true, false)]
    [InlineData(SweepState.Running, false, true, false)]
    [InlineData(SweepState.Completed, false, false, false)]
    [InlineData(SweepState.Completed, true, true, true)]
    [InlineData(SweepState.Cancelled, false, true, true)]
    [InlineData(SweepState.Failed, false, true, true)]
    public async Task A_Known_Sweep_Starts_Again_Where_It_Should(SweepState state, bool runAgain, bool starts, bool isNew)
    {
        var store = await SweepRig.StoreAsync();
        var service = Service(store);
        var sweep = await service.StartAsync(Request);
        await SetAsync(store, sweep.Id, document => document with { State = state, Error = "an old error" });
        await store.WriteJsonAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Halt), new { });
        _host.Started.Clear();

        var again = await service.StartAsync(Request, runAgain: runAgain);

        Assert.Equal(new StartedSweep(sweep.Id, isNew ? SweepState.Waiting : state, isNew), again);
        Assert.Equal(starts ? 1 : 0, _host.Started.Count);
        Assert.Equal(again.State, (await DocumentAsync(store, sweep.Id)).State);
        Assert.Equal(isNew ? null : "an old error", (await DocumentAsync(store, sweep.Id)).Error);
        Assert.Equal(isNew, await store.FindAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Halt)) is null);
    }

    [Fact]
    public async Task A_Cancel_Raises_The_Flag_And_The_Event()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await Service(store).StartAsync(Request);

        Assert.Equal(SweepState.Waiting, await Control(store).CancelAsync(sweep.Id));
        Assert.Equal(SweepState.Waiting, await Control(store).CancelAsync(sweep.Id));

        Assert.Equal([sweep.Id, sweep.Id], _host.Told);
        Assert.NotNull(await store.FindAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Halt)));
    }

    [Theory]
    [InlineData(SweepState.Completed, "completed")]
    [InlineData(SweepState.Failed, "failed")]
    public async Task What_Has_Ended_Cannot_Be_Cancelled(SweepState state, string word)
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await Service(store).StartAsync(Request);
        await SetAsync(store, sweep.Id, document => document with { State = state });

        var exception = await Assert.ThrowsAsync<InputException>(() => Control(store).CancelAsync(sweep.Id));

        Assert.Equal($"the sweep '{sweep.Id}' is {word}; only a sweep that has not ended can be ended.", exception.Message);
        Assert.Equal(InputErrorKind.Conflict, exception.Kind);
        Assert.Empty(_host.Told);
        Assert.Null(await store.FindAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Halt)));
    }

    [Fact]
    public async Task A_Cancelled_Sweep_Stays_Cancelled()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await Service(store).StartAsync(Request);
        await SetAsync(store, sweep.Id, document => document with { State = SweepState.Cancelled });

        Assert.Equal(SweepState.Cancelled, await Control(store).CancelAsync(sweep.Id));
        Assert.Empty(_host.Told);
    }

    [Theory]
    [InlineData("grid-0123456789")]
    [InlineData("keys")]
    [InlineData("../datasets")]
    [InlineData("")]
    public async Task A_Sweep_That_Is_Not_There_Cannot_Be_Cancelled(string id)
    {
        var exception = await Assert.ThrowsAsync<InputException>(async () => await Control(await SweepRig.StoreAsync()).CancelAsync(id));

        Assert.Equal($"there is no sweep '{id}'; list the sweeps to see which there are.", exception.Message);
        Assert.Equal(InputErrorKind.NotFound, exception.Kind);
    }

    [Fact]
    public async Task Only_What_Was_Waiting_Or_Running_Is_Resumed()
    {
        var store = await SweepRig.StoreAsync();
        var expected = new List<string>();
        for (var seed = 0; seed < 40; seed++)
        {
            var state = (SweepState)(seed % 5);
            var sweep = await Service(store).StartAsync(Request with { Seed = seed }, seed < 3 ? $"key {seed}" : null);
            await SetAsync(store, sweep.Id, document => document with { State = state });
            if (state is SweepState.Waiting or SweepState.Running) expected.Add(sweep.Id);
        }

        _host.Started.Clear();
        var resumed = await Service(store).ResumeAsync();

        Assert.Equal(expected.Order(), resumed);
        Assert.Equal(resumed, _host.Started);
    }

    [Fact]
    public async Task A_Cancelled_Sweep_Ends_Cancelled_And_Can_Be_Started_Again()
    {
        var store = await SweepRig.StoreAsync();
        var id = (await Service(store).StartAsync(Request)).Id;
        await Control(store).CancelAsync(id);

        var rig = new SweepRig(store, new NoDevice());
        await rig.Service.ResumeAsync();
        await rig.Host.WaitAsync(id);

        var cancelled = await rig.DocumentAsync(id);
        Assert.Equal(SweepState.Cancelled, cancelled.State);
        Assert.Equal(2, cancelled.Counts!.Cancelled);
        Assert.All(cancelled.Failures!, failure => Assert.Equal("the sweep was cancelled before it ran", failure.Reason));
        Assert.Contains($"sweeps/{id}/report.md", store.Snapshot().Keys);

        var again = await new SweepRig(store).RunAsync(Request);
        Assert.Equal((id, SweepState.Completed, 2), (again.Id, again.State, again.Counts!.Completed));
    }

    [Fact]
    public async Task A_Late_Copy_Of_The_Plan_Activity_Does_Not_Bring_A_Sweep_Back()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var sweep = await rig.RunAsync(Request);

        await rig.Plan.RunAsync(Start(sweep.Id));

        var after = await rig.DocumentAsync(sweep.Id);
        Assert.Equal((SweepState.Completed, sweep.Counts, sweep.Best), (after.State, after.Counts, after.Best));
    }

    [Fact]
    public async Task Planning_Again_Gives_The_Same_Plan()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, parallel: 3);
        var id = (await Service(store).StartAsync(Request)).Id;

        var first = await rig.Plan.RunAsync(Start(id));
        var bytes = store.Snapshot()[$"sweeps/{id}/plan.json"];
        var second = await rig.Plan.RunAsync(Start(id));

        Assert.Equal([1, 0], first.Whole!.Order);
        Assert.Equal((3, HaltKind.None), (first.MaxParallel, first.Halt));
        Assert.Equal(first.Whole!.Order, second.Whole!.Order);
        Assert.Equal(bytes, store.Snapshot()[$"sweeps/{id}/plan.json"]);
        Assert.Equal(SweepState.Running, (await DocumentAsync(store, id)).State);
        await Assert.ThrowsAsync<InputException>(() => rig.Plan.RunAsync(Start("grid-0000000000")));
    }

    private static SweepStart Start(string sweepId) => new(sweepId, DeviceCapacity.OneTrial("cpu"));

    private SweepControl Control(IArtifactStore store) => new(store, _host, new ManualTimeProvider());

    private SweepService Service(IArtifactStore store) => new(
        store, new DatasetStore(store), _host, new ManualTimeProvider(), NullLogger<SweepService>.Instance);

    private static async Task<SweepDocument> DocumentAsync(InMemoryArtifactStore store, string id) =>
        (await store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(id, SweepFiles.Sweep)))!;

    private static Task SetAsync(InMemoryArtifactStore store, string id, Func<SweepDocument, SweepDocument> change) =>
        store.UpdateJsonAsync(BlobPaths.Sweep(id, SweepFiles.Sweep), change);
}
