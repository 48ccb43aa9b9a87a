using System.Buffers.Binary;
using Microsoft.DurableTask.Client;
using MusicPipeline.Collections;
using MusicPipeline.Functions.Collections;
using MusicPipeline.Functions.Tests.Sweeps;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Collections;

/// <summary>Collecting on Durable's real engine.</summary>
public sealed class CollectDatasetTests
{
    private const string Name = "strings";

    [Fact]
    public async Task Collects_In_Packs_And_Again_What_Was_Added()
    {
        await using var rig = await StartAsync();
        // More than one pack.
        for (var i = 0; i < 6; i++) await UploadAsync(rig, i);
        var first = await CollectAsync(rig);
        Assert.Equal((CollectionState.Collected, 12), (first.State, first.Results!.Labels.Sum(label => label.Recordings)));

        await UploadAsync(rig, 6);
        var second = await CollectAsync(rig);
        Assert.Equal(14, second.Results!.Labels.Sum(label => label.Recordings));
        Assert.NotEqual(first.Results.Version, second.Results.Version);
    }

    [Fact]
    public async Task A_Refusal_Is_On_Record_And_Not_Tried_Again()
    {
        await using var rig = await StartAsync();
        await rig.Store.WriteAsync(BlobPaths.Recording(Name, "cello/only.wav"), Tone(220));
        var view = await CollectAsync(rig);
        Assert.Equal(CollectionState.Refused, view.State);
        Assert.Contains("under the label 'cello', which is one class", view.Results!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Second_Request_Starts_No_Second_Orchestration_And_One_That_Was_Terminated_Is_Started_Anew()
    {
        await using var rig = await StartAsync();
        for (var i = 0; i < 3; i++) await UploadAsync(rig, i);
        var service = rig.Get<CollectService>();
        await rig.StopWorkerAsync();
        var run = await service.StartAsync(Name);
        Assert.Equal(run, await service.StartAsync(Name));
        await rig.Client.TerminateInstanceAsync(DurableCollectHost.InstanceOf(run));
        await rig.StartWorkerAsync(new ScriptedDevice());
        await rig.Client.WaitForInstanceCompletionAsync(DurableCollectHost.InstanceOf(run), TestContext.Current.CancellationToken);

        var next = await rig.Get<CollectService>().StartAsync(Name);
        Assert.Equal(run.Run + 1, next.Run);
        await rig.Client.WaitForInstanceCompletionAsync(DurableCollectHost.InstanceOf(next), TestContext.Current.CancellationToken);
        Assert.Equal(CollectionState.Collected, (await rig.Get<CollectService>().GetAsync(Name)).State);
    }

    [Fact]
    public async Task Another_Worker_Goes_On_Where_One_Was_Killed()
    {
        // The second pack fails until the pause before another try is long: in that quiet moment the worker goes. Its first try waits for
        // the first pack, which may take longer than all tries together.
        var tries = 0;
        using var isFirstIn = new ManualResetEventSlim();
        var third = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2), faults: call =>
        {
            var isSecond = call.Path.Name.StartsWith($"{Name}/work", StringComparison.Ordinal)
                && call.Path.Name.EndsWith("-1.json", StringComparison.Ordinal);
            if (call.Operation != "Write" || !isSecond) return StoreFault.None;
            isFirstIn.Wait(TimeSpan.FromMinutes(5));
            if (Interlocked.Increment(ref tries) == 3) third.TrySetResult(DateTimeOffset.UtcNow);
            return StoreFault.Before;
        });
        for (var i = 0; i < 6; i++) await UploadAsync(rig, i);
        var run = await rig.Get<CollectService>().StartAsync(Name);
        var progress = new CollectProgress(12, 8);
        while ((await rig.Get<CollectService>().GetAsync(Name)).Progress != progress) await Task.Delay(50);
        isFirstIn.Set();
        var failed = await third.Task;
        while ((await rig.Client.GetInstanceAsync(DurableCollectHost.InstanceOf(run)))!.LastUpdatedAt <= failed) await Task.Delay(50);
        await rig.StopWorkerAsync();
        Assert.Equal(progress, (await rig.Get<CollectService>().GetAsync(Name)).Progress);

        await rig.StartWorkerAsync(new ScriptedDevice());
        // Who asks once more, as a trigger that comes twice, starts nothing else.
        Assert.Equal(run, await rig.Get<CollectService>().StartAsync(Name));
        await rig.Client.WaitForInstanceCompletionAsync(DurableCollectHost.InstanceOf(run), TestContext.Current.CancellationToken);
        var view = await rig.Get<CollectService>().GetAsync(Name);
        Assert.Equal((CollectionState.Collected, 12), (view.State, view.Results!.Labels.Sum(label => label.Recordings)));
        Assert.Empty(view.Results.LeftOut);
    }

    private static Task<DurableRig> StartAsync() => DurableRig.StartAsync(new SweepCapacity(2));

    private static async Task<CollectionView> CollectAsync(DurableRig rig)
    {
        var service = rig.Get<CollectService>();
        var run = await service.StartAsync(Name);
        await rig.Client.WaitForInstanceCompletionAsync(DurableCollectHost.InstanceOf(run), TestContext.Current.CancellationToken);
        return await service.GetAsync(Name);
    }

    private static async Task UploadAsync(DurableRig rig, int number)
    {
        await rig.Store.WriteAsync(BlobPaths.Recording(Name, $"cello/{number}.wav"), Tone(110 + number));
        await rig.Store.WriteAsync(BlobPaths.Recording(Name, $"violin/{number}.wav"), Tone(660 + (7 * number)));
    }

    /// <summary>A WAV file of half a second.</summary>
    private static byte[] Tone(double frequency)
    {
        const int Rate = 22_050;
        var wave = new byte[44 + Rate];
        "RIFF"u8.CopyTo(wave);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(4), wave.Length - 8);
        "WAVEfmt "u8.CopyTo(wave.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(28), 2 * Rate);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(34), 16);
        "data"u8.CopyTo(wave.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(40), Rate);
        for (var i = 0; i < Rate / 2; i++)
        {
            var sample = 12_000 * Math.Sin(2 * Math.PI * frequency * i / Rate) * Math.Min(1, (Rate / 2 - i) / 400.0);
            BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(44 + (2 * i)), (short)sample);
        }

        return wave;
    }
}
