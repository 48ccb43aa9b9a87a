using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Storage.Blobs;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Functions.Tests.Sweeps;
using MusicPipeline.Functions.Uploads;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Functions.Tests.Hosting;

/// <summary>From a trial one finds the sweep that it belongs to and the upload of its data.</summary>
public sealed class TraceTests
{
    private static readonly SweepRequest Request = new()
    {
        Dataset = "traced", LearningRates = [0.01], HiddenUnits = [3, 5], Epochs = 1, BatchSize = 16,
    };

    [Fact]
    public async Task Sweeps_And_Trials_Link_To_The_Upload_Of_Their_Data()
    {
        var trials = new ConcurrentQueue<Activity>();
        using var listener = Listen(trials);
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2));
        var upload = await UploadAsync(rig, seed: 7);
        var again = await UploadAsync(rig, seed: 7);

        var sweep = await rig.RunAsync(Request);

        Assert.NotEqual(upload, again);
        Assert.Equal(2, trials.Count);
        Assert.All(trials, trial => Assert.Equal(upload, Assert.Single(trial.Links).Context));
        using var plan = new Activity("PlanSweep").Start();
        await rig.Get<SweepActivities>().PlanSweep(new(sweep.Id, DeviceCapacity.OneTrial("cpu")), default);
        Assert.Equal(upload, Assert.Single(plan.Links).Context);
    }

    [Fact]
    public async Task A_Trial_Is_A_Span_Of_The_Activity_That_Trained_It()
    {
        var trials = new ConcurrentQueue<Activity>();
        using var listener = Listen(trials);
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2));
        await UploadAsync(rig, seed: 8);
        var sweep = await rig.RunAsync(Request);
        trials.Clear();

        using var invocation = new Activity("TrainTrials").Start();
        await rig.Get<TrainTrials>().RunAsync(new(sweep.Id, [1]), default);

        var trial = Assert.Single(trials);
        Assert.Equal(invocation.SpanId, trial.ParentSpanId);
        Assert.Equal(invocation.TraceId, trial.TraceId);
        Assert.Equal(true, trial.GetTagItem("music.reused"));
    }

    [Fact]
    public async Task Where_The_Host_Gives_No_Span_Trials_Stay_In_The_Trace_Of_The_Request()
    {
        var trials = new ConcurrentQueue<Activity>();
        using var listener = Listen(trials);
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2));
        var upload = await UploadAsync(rig, seed: 9);
        using var request = new Activity("StartSweep").Start();
        var started = await rig.Get<SweepService>().StartAsync(Request);
        request.Stop();
        await rig.EndAsync(started.Id);
        trials.Clear();

        Assert.Null(Activity.Current);
        await rig.Get<TrainTrials>().RunAsync(new(started.Id, [0]), default);

        var trial = Assert.Single(trials);
        Assert.Equal(request.TraceId, trial.TraceId);
        Assert.Equal(request.SpanId, trial.Parent!.ParentSpanId);
        Assert.Equal(("TrainTrials", upload), (trial.Parent.OperationName, Assert.Single(trial.Parent.Links).Context));
    }

    /// <summary>Uploads a data set and runs its trigger within a span of its own.</summary>
    private static async Task<ActivityContext> UploadAsync(DurableRig rig, int seed)
    {
        await SmallData.UploadAsync(rig.Store, "traced", seed);
        using var invocation = new Activity("IngestDataset").Start();
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/dataset-uploads/traced_train_data.npy"));
        await rig.Get<UploadFunctions>().IngestDataset(blob, default);
        return new ActivityContext(invocation.TraceId, invocation.SpanId, invocation.ActivityTraceFlags, isRemote: true);
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> trials)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrialTracing.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                // Other tests train at the same time.
                if (span.GetTagItem("music.dataset") is "traced") trials.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
