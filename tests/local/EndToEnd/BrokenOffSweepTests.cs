using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using MusicPipeline.Contract.Tests;
using MusicPipeline.Local.Tests;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>Sweeps whose process ends before they do.</summary>
public sealed class BrokenOffSweepTests
{
    private const int Trials = 12;
    private const int LearningTrials = 14;

    private static readonly string[] Sweep =
        ["sweep", "--json", "--hidden-units", "32", "--epochs", "6", "--learning-rate",
            .. Enumerable.Range(1, Trials).Select(step => (step / 1000.0).ToString())];

    private static readonly string[] LearningSweep =
        ["sweep", "--json", "--hidden-units", "log:8..64", "--learning-rate", "log:0.0003..0.1", "--epochs", "4", "--sampler", "tpe",
            "--trials", LearningTrials.ToString()];

    [Fact]
    public async Task A_Sweep_Killed_At_Each_Of_Its_Stages_And_Started_Twice_At_Once_Ends_As_If_Nothing_Had_Happened()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();

        // It is on record and not listed, then listed and without a plan, then with a model and nothing else of a trial.
        // What it has sent by then arrives when it is gone.
        foreach (var stage in (string[])["/open-sweeps/", "/plan.json", "/history.json"])
        {
            await KillAtAsync(workspace, Sweep, workspace.Relay.HoldAt(1, request => IsPut(request, stage)), finished: 0);
            workspace.Relay.Release();
        }

        // Some trials are on record.
        await KillAtAsync(workspace, Sweep, workspace.Relay.HoldAt(4, StorageRelay.IsTrialRecord), finished: 3);
        workspace.Relay.Drop();
        var finished = await workspace.FinishedTrialsAsync(atLeast: 3);
        Assert.Equal(3, finished.Count);

        // Started twice at once, as it may happen: each trial must still be there once.
        var runs = await workspace.RunAtOnceAsync(
            [.. Sweep, "--out", workspace.Out], [.. Sweep, "--out", workspace.File("other")]);
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));
        var sweep = JsonDocument.Parse(runs[0].Output).RootElement;
        Assert.Equal("completed", sweep.GetProperty("state").GetString());
        Assert.Equal(Trials, sweep.GetProperty("counts").GetProperty("completed").GetInt32());
        Assert.Equal(sweep.GetProperty("id").GetString(), JsonDocument.Parse(runs[1].Output).RootElement.GetProperty("id").GetString());
        var all = await workspace.FinishedTrialsAsync(Trials);
        Assert.Equal(Trials, all.Count);
        AssertUnchanged(finished, all);
        await AssertSameResultsAsync(workspace, Sweep, Trials);
    }

    [Fact]
    public async Task A_Restarted_Host_Goes_On_With_Its_Sweeps()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        using var http = AskingAgain.Client();
        string? location;
        SortedDictionary<string, BlobItem> finished;
        var third = workspace.Relay.HoldAt(3, StorageRelay.IsTrialRecord);
        using (var host = workspace.Start("up", "--port", "0", "--json"))
        {
            var url = await UrlAsync(host);
            var rates = string.Join(", ", Enumerable.Range(1, Trials).Select(step => step / 1000.0));
            var body = $$"""{"hiddenUnits": [32], "learningRates": [{{rates}}], "epochs": 6}""";
            var started = await http.PostAsync(url + "/api/sweeps", new StringContent(body, Encoding.UTF8, "application/json"));
            location = started.Headers.Location!.ToString();
            await third;
            await workspace.FinishedTrialsAsync(atLeast: 2);
            host.Kill();
            await host.WaitForExitAsync();
            workspace.Relay.Drop();
            finished = await workspace.FinishedTrialsAsync(atLeast: 2);
        }

        using (var host = workspace.Start("up", "--port", "0", "--json"))
        {
            var url = await UrlAsync(host);
            Assert.Equal($"Going on with sweep {location.Split('/')[^1]}.", await MusicProgram.LineAsync(host, "Going on"));
            var all = await workspace.FinishedTrialsAsync(Trials);
            Assert.Equal(Trials, all.Count);
            AssertUnchanged(finished, all);
            Assert.Equal("completed", await EndStateAsync(http, url + location));
            host.Kill();
            await host.WaitForExitAsync();
        }

        // One that is started when all sweeps have ended has nothing to go on with.
        using (var host = workspace.Start("up", "--port", "0", "--json"))
        {
            await UrlAsync(host);
            await Workspace.SignalAsync(host, "TERM");
            Assert.DoesNotContain("Going on", (await Workspace.EndAsync(host)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_Sweep_That_Learns_Comes_To_The_Same_Points_However_Often_It_Is_Killed()
    {
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();

        // While points are drawn blindly, of which 10 trials are enough, and when they are drawn from what is known.
        await KillAtAsync(workspace, LearningSweep, workspace.Relay.HoldAt(5, StorageRelay.IsTrialRecord), finished: 4);
        workspace.Relay.Drop();
        var blind = await workspace.FinishedTrialsAsync(atLeast: 4);
        Assert.Equal(4, blind.Count);
        await KillAtAsync(workspace, LearningSweep, workspace.Relay.HoldAt(9, StorageRelay.IsTrialRecord), finished: 12);
        workspace.Relay.Drop();
        var learnt = await workspace.FinishedTrialsAsync(atLeast: 12);
        Assert.Equal(12, learnt.Count);
        AssertUnchanged(blind, learnt);

        var finished = await workspace.RunAsync([.. LearningSweep, "--out", workspace.Out]);
        Assert.True(finished.ExitCode == 0, finished.Error);
        var sweep = JsonDocument.Parse(finished.Output).RootElement;
        Assert.Equal("completed", sweep.GetProperty("state").GetString());
        Assert.Equal(LearningTrials, sweep.GetProperty("counts").GetProperty("completed").GetInt32());
        AssertUnchanged(learnt, await workspace.FinishedTrialsAsync(LearningTrials));
        await AssertSameResultsAsync(workspace, LearningSweep, LearningTrials);
    }

    [Theory]
    [InlineData("INT", 130, "resume", "completed")]
    [InlineData("TERM", 143, "cancel", "cancelled")]
    public async Task A_Signal_Ends_A_Sweep_Cleanly(string signal, int exitCode, string next, string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        using var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        var second = workspace.Relay.HoldAt(2, StorageRelay.IsTrialRecord);
        using var program = workspace.Start([.. Sweep, "--out", workspace.Out]);
        await second;
        await Workspace.SignalAsync(program, signal);
        workspace.Relay.Release();
        var result = await Workspace.EndAsync(program);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("music:", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Out));
        var finished = await workspace.FinishedTrialsAsync(atLeast: 1);
        Assert.True(finished.Count < Trials, "It went on to the end.");
        Assert.DoesNotContain(await workspace.ListAsync("trials"), blob => blob.Key.EndsWith("/progress.json", StringComparison.Ordinal));

        // The last line says how to go on, and it is so.
        var line = result.Error.TrimEnd('\n').Split('\n')[^1];
        var id = line.Split(' ')[1];
        Assert.Equal($"Sweep {id} is broken off: './run sweep resume {id}' goes on with it, './run sweep cancel {id}' ends it.", line);
        var rest = await workspace.RunAsync("sweep", next, id, "--out", workspace.Out);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Contains($"Sweep {id} is {end}.", rest.Output, StringComparison.Ordinal);
        Assert.Equal(end == "completed" ? Trials : finished.Count, (await workspace.FinishedTrialsAsync(atLeast: 1)).Count);
    }

    private static (string?, DateTimeOffset?) Version(BlobItem blob) => (blob.Properties.ETag.ToString(), blob.Properties.LastModified);

    /// <summary>Address of a host, which it prints when it is up.</summary>
    private static async Task<string> UrlAsync(System.Diagnostics.Process host) =>
        JsonDocument.Parse((await host.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString()!;

    private static async Task<string?> EndStateAsync(HttpClient http, string sweep)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var state = JsonDocument.Parse(await http.GetStringAsync(sweep, patience.Token)).RootElement.GetProperty("state").GetString();
            if (state is not ("waiting" or "running")) return state;
            await Task.Delay(100, patience.Token);
        }
    }

    private static bool IsPut(string request, string part) =>
        request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains(part, StringComparison.Ordinal);

    /// <summary>Starts a sweep and kills it where its request to storage is held, with what it had sent before on record.</summary>
    private static async Task KillAtAsync(Workspace workspace, string[] arguments, Task held, int finished)
    {
        using var program = workspace.Start([.. arguments, "--out", workspace.Out]);
        Assert.Equal(held, await Task.WhenAny(held, program.WaitForExitAsync()));
        await workspace.FinishedTrialsAsync(finished);
        program.Kill();
        await program.WaitForExitAsync();
    }

    /// <summary>What was on record once is there still, and nothing has written it again.</summary>
    private static void AssertUnchanged(SortedDictionary<string, BlobItem> before, SortedDictionary<string, BlobItem> after) =>
        Assert.All(before, trial => Assert.Equal(Version(trial.Value), Version(after[trial.Key])));

    /// <summary>The same trials as of the sweep undisturbed, and of each the same history and the same model, bit for bit.</summary>
    private static async Task AssertSameResultsAsync(Workspace one, string[] arguments, int trials)
    {
        using var other = await Workspace.OpenAsync();
        await other.IngestSamplesAsync();
        var undisturbed = await other.RunAsync([.. arguments, "--out", other.Out]);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Error);

        // Progress and checkpoints are no results; a killed program cannot remove its own.
        string[] results = ["/history.json", "/model.onnx", "/trial.json"];
        var names = (await one.ListAsync("trials")).Keys.Where(IsResult).ToList();
        Assert.Equal((await other.ListAsync("trials")).Keys.Where(IsResult), names);
        Assert.Equal(trials * results.Length, names.Count);
        foreach (var name in names.Where(name => !name.EndsWith("/trial.json", StringComparison.Ordinal)))
            Assert.Equal(
                Convert.ToHexString(await other.ReadAsync("trials", name)), Convert.ToHexString(await one.ReadAsync("trials", name)));

        bool IsResult(string name) => results.Any(result => name.EndsWith(result, StringComparison.Ordinal));
    }
}
