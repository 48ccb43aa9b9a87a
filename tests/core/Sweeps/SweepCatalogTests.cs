using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class SweepCatalogTests
{
    private static readonly SweepRequest Request = new() { HiddenUnits = [3, 4, 5], Epochs = 2, BatchSize = 16 };

    private readonly SilentSweepHost _host = new();

    [Fact]
    public async Task Lists_Sweeps_The_Newest_First()
    {
        var store = await SweepRig.StoreAsync();
        var time = new ManualTimeProvider();
        var service = new SweepService(store, new DatasetStore(store), _host, time, NullLogger<SweepService>.Instance);
        var ids = new List<string>();
        for (var seed = 0; seed < 40; seed++)
        {
            ids.Insert(0, (await service.StartAsync(Request with { Seed = seed }, seed == 7 ? "key" : null)).Id);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var listed = await new SweepCatalog(store, _host).ListAsync();

        Assert.Equal(ids, listed.Select(sweep => sweep.Id));
        Assert.All(listed, sweep => Assert.Equal((SweepState.Waiting, "notes"), (sweep.State, sweep.Dataset)));
        Assert.Empty(await new SweepCatalog(InMemoryArtifactStore.WithContainers(), _host).ListAsync());
    }

    [Fact]
    public async Task A_Waiting_Sweep_Has_No_Trials_Yet()
    {
        var store = await SweepRig.StoreAsync();
        var service = new SweepService(store, new DatasetStore(store), _host, TimeProvider.System, NullLogger<SweepService>.Instance);
        var id = (await service.StartAsync(Request)).Id;

        var view = await new SweepCatalog(store, _host).GetAsync(id);

        Assert.Equal(SweepState.Waiting, view.State);
        Assert.Empty(view.Trials);
        Assert.Null(view.Counts);
        Assert.Null(view.Best);
    }

    [Fact]
    public async Task Shows_A_Running_Sweep_As_Its_Host_Does()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [2]));
        var metrics = new EpochMetrics(1, 0.5, 2, 0.25);
        await store.WriteJsonAsync(BlobPaths.Trial(plan.Trials[1].Id, SweepFiles.Progress), new TrialProgress(1, 2, metrics));
        var end = DateTimeOffset.UnixEpoch;
        _host.Status = new SweepStatus("wrc", 1, 2, 0.75, end, end);

        var view = await new SweepCatalog(store, _host).GetAsync(plan.SweepId);

        Assert.Equal((SweepState.Running, end), (view.State, view.EstimatedEnd!.Value));
        Assert.Equal(new SweepCounts(3, 1, 1, 1, 0, 0, 0, 1), view.Counts);
        Assert.Equal(new BestTrial(plan.Trials[2].Id, plan.Trials[2].Parameters, 0.75), view.Best);
        Assert.Equal([TrialState.Waiting, TrialState.Running, TrialState.Completed], view.Trials.Select(trial => trial.State));
        Assert.Equal([0, 1, 2], view.Trials.Select(trial => trial.Epoch));
        Assert.Equal(metrics, view.Trials[1].Metrics);
        Assert.NotNull(view.Trials[2].Metrics);
        Assert.All(view.Trials, trial => Assert.Equal(["grid"], trial.Studies));
    }

    [Fact]
    public async Task A_Status_That_Comes_While_The_Plan_Is_Read_Saves_Looking_For_Each_Trial()
    {
        var memory = await SweepRig.StoreAsync();
        var plan = await new SweepRig(memory).PlanAsync(Request);
        var lookedFor = 0;
        var store = new FaultyArtifactStore(memory, call =>
        {
            if (call.Path.Container == Containers.Trials) Interlocked.Increment(ref lookedFor);
            else if (call.Path.Name.EndsWith(SweepFiles.Plan, StringComparison.Ordinal))
                _host.Status = new SweepStatus("www", 0, -1, 0, DateTimeOffset.UnixEpoch, null);
            return StoreFault.None;
        });

        var view = await new SweepCatalog(store, _host).GetAsync(plan.SweepId);

        Assert.Equal((new SweepCounts(3, 3, 0, 0, 0, 0, 0, 0), 0), (view.Counts, lookedFor));
    }

    [Fact]
    public async Task Shows_A_Sweep_That_No_Host_Knows_From_The_Record()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, new DivergingDevice(0.001, afterEpochs: 1));
        var plan = await rig.PlanAsync(Request);
        await new SweepRig(store).Train.RunAsync(new TrialPack(plan.SweepId, [0]));
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [2]));

        var view = await new SweepCatalog(store, _host).GetAsync(plan.SweepId);

        Assert.Equal(SweepState.Running, view.State);
        Assert.Equal([TrialState.Completed, TrialState.Waiting, TrialState.Diverged], view.Trials.Select(trial => trial.State));
        Assert.Equal([2, 0, 1], view.Trials.Select(trial => trial.Epoch));
        Assert.Equal(new SweepCounts(3, 1, 0, 1, 1, 0, 0, 0), view.Counts);
        Assert.Equal(plan.Trials[0].Id, view.Best!.TrialId);
        Assert.Null(view.EstimatedEnd);
    }

    [Fact]
    public async Task Shows_An_Ended_Sweep_With_Its_Failures()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store, new FailingDevice(units: 4)).RunAsync(Request);
        // What a host remembers of a sweep that has ended counts for nothing.
        _host.Status = new SweepStatus("www", 0, -1, 0, DateTimeOffset.UnixEpoch, null);

        var view = await new SweepCatalog(store, _host).GetAsync(sweep.Id);

        Assert.Equal([TrialState.Completed, TrialState.Failed, TrialState.Completed], view.Trials.Select(trial => trial.State));
        Assert.Equal("the device broke", view.Trials[1].Reason);
        Assert.Equal(sweep.Counts, view.Counts);
        Assert.Equal(sweep.Best, view.Best);
        Assert.NotNull(view.FinishedAt);
    }

    [Fact]
    public async Task Reads_A_Finished_Trial_Once()
    {
        var memory = await SweepRig.StoreAsync();
        var rig = new SweepRig(memory);
        var plan = await rig.PlanAsync(Request);
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0, 1, 2]));
        var (store, reads) = CountReads(memory, SweepFiles.Trial);
        var catalog = new SweepCatalog(store, _host);

        await catalog.GetAsync(plan.SweepId);
        await catalog.GetAsync(plan.SweepId);

        Assert.Equal(3, reads());
    }

    [Fact]
    public async Task Shows_An_Ended_Sweep_Without_Reading_Its_Trials()
    {
        var memory = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(memory, new DivergingDevice(0.001, afterEpochs: 1)).RunAsync(Request);
        var (store, reads) = CountReads(memory, SweepFiles.Trial);
        var catalog = new SweepCatalog(store, _host);
        var quick = await catalog.GetAsync(sweep.Id);
        Assert.Empty((await catalog.GetAsync(sweep.Id, TrialPage.All with { State = TrialState.Failed })).Trials);
        Assert.Equal(0, reads());

        // As an earlier version left it.
        await memory.DeleteAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Ended));
        var read = await new SweepCatalog(memory, _host).GetAsync(sweep.Id);
        Assert.Equal(JsonSerializer.Serialize(read, PipelineJson.Options), JsonSerializer.Serialize(quick, PipelineJson.Options));
    }

    [Fact]
    public async Task Knows_A_Sweep_That_Was_Deleted_And_Started_Again_From_Its_Last_End()
    {
        var store = await SweepRig.StoreAsync();
        var catalog = new SweepCatalog(store, _host);
        var rig = new SweepRig(store, new FailingDevice(units: 4));
        var failed = await rig.RunAsync(Request);
        Assert.Equal(TrialState.Failed, (await catalog.GetAsync(failed.Id)).Trials[1].State);
        await rig.Control.DeleteAsync(failed.Id);
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        var whole = await new SweepRig(store, time: rig.Time).RunAsync(Request);

        Assert.Equal((failed.Id, 1), (whole.Id, whole.Run));
        Assert.All((await catalog.GetAsync(whole.Id)).Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
    }

    [Fact]
    public async Task How_Trials_Ended_In_An_Earlier_Run_Says_Nothing()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store, new FailingDevice(units: 4)).RunAsync(Request);
        var path = BlobPaths.Sweep(sweep.Id, SweepFiles.Ended);
        var earlier = (await store.TryReadAsync(path))!.Bytes;
        Assert.Equal("cfc", EndedTrials.Read(earlier).Run.Trials);
        var again = await new SweepRig(store).RunAsync(Request);
        await store.WriteAsync(path, earlier);

        var view = await new SweepCatalog(store, _host).GetAsync(again.Id);

        Assert.All(view.Trials, trial => Assert.Equal((TrialState.Completed, 2), (trial.State, trial.Epoch)));
    }

    [Theory]
    [InlineData(null, null, "text/html; charset=utf-8")]
    [InlineData(null, "text/html,*/*", "text/html; charset=utf-8")]
    [InlineData(null, "TEXT/Markdown", "text/markdown; charset=utf-8")]
    [InlineData("md", "text/html", "text/markdown; charset=utf-8")]
    [InlineData("markdown", null, "text/markdown; charset=utf-8")]
    [InlineData("html", "text/markdown", "text/html; charset=utf-8")]
    public async Task Hands_Out_The_Report_As_It_Is_Asked_For(string? format, string? accept, string type)
    {
        var store = InMemoryArtifactStore.WithContainers();
        await PutAsync(store, SweepState.Completed);
        await store.WriteAsync(BlobPaths.Sweep("grid-1", SweepFiles.ReportHtml), "html"u8.ToArray());
        await store.WriteAsync(BlobPaths.Sweep("grid-1", SweepFiles.ReportMarkdown), "markdown"u8.ToArray());

        var report = await new SweepCatalog(store, _host).ReadReportAsync("grid-1", format, accept);

        Assert.Equal(type, report.ContentType);
        Assert.Equal(
            type.Contains("html", StringComparison.Ordinal) ? "html" : "markdown", System.Text.Encoding.UTF8.GetString(report.Bytes.Span));
    }

    [Theory]
    [InlineData(SweepState.Waiting, "the sweep 'grid-1' is waiting and has no report yet; ask again when it has completed.")]
    [InlineData(SweepState.Running, "the sweep 'grid-1' is running and has no report yet; ask again when it has completed.")]
    [InlineData(
        SweepState.Failed, "the sweep 'grid-1' failed and has no report (storage was away); fix what it names and start it again.")]
    public async Task Says_Why_There_Is_No_Report(SweepState state, string message)
    {
        var store = InMemoryArtifactStore.WithContainers();
        await PutAsync(store, state);

        var exception = await Assert.ThrowsAsync<InputException>(
            () => new SweepCatalog(store, _host).ReadReportAsync("grid-1", null, null));

        Assert.Equal((message, InputErrorKind.Conflict), (exception.Message, exception.Kind));
    }

    [Fact]
    public async Task What_Is_Not_There_Is_Not_Found()
    {
        var catalog = new SweepCatalog(InMemoryArtifactStore.WithContainers(), _host);
        foreach (var id in new[] { "grid-2", "GRID", "../x", "a b", "", new string('a', 2000) })
        {
            var expected = $"there is no sweep '{id}'; list the sweeps to see which there are.";
            Assert.Equal(expected, (await Assert.ThrowsAsync<InputException>(() => catalog.GetAsync(id))).Message);
            Assert.Equal(expected, (await Assert.ThrowsAsync<InputException>(() => catalog.ReadReportAsync(id, null, null))).Message);
        }

        Assert.Equal(
            "there is no report as 'pdf'; ask for format=html or format=md.",
            (await Assert.ThrowsAsync<InputException>(() => catalog.ReadReportAsync("grid-2", "pdf", null))).Message);
    }

    private static (IArtifactStore Store, Func<int> Reads) CountReads(IArtifactStore inner, string file)
    {
        var reads = 0;
        var store = new FaultyArtifactStore(inner, call =>
        {
            if (call.Path.Name.EndsWith($"/{file}", StringComparison.Ordinal)) Interlocked.Increment(ref reads);
            return StoreFault.None;
        });
        return (store, () => Volatile.Read(ref reads));
    }

    private static Task PutAsync(InMemoryArtifactStore store, SweepState state) => store.WriteJsonAsync(
        BlobPaths.Sweep("grid-1", SweepFiles.Sweep),
        new SweepDocument("grid-1", state, Request, "notes", "v", DateTimeOffset.UnixEpoch)
        {
            Error = state == SweepState.Failed ? "storage was away." : null,
        });
}
