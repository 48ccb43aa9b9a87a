using System.CommandLine;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Progress;
using MusicPipeline.Local.Running;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music sweep pause ID</c> and its like: says what is to become of a sweep that is on record.</summary>
internal sealed class SweepControlCommand : MusicCommand
{
    private readonly Argument<string> _id = new("id") { Description = "The sweep, as 'sweep' and GET /api/sweeps name it" };
    private readonly Option<string?> _output = OutputFolder.Option();

    private SweepControlCommand(Terminal terminal, string verb, string description, Func<SweepControl, ParseResult, Verb> control)
        : base(verb, description, $"sweep {verb} lab-3f9c2a7b10")
    {
        Add(_id);
        Add(_output);
        SetAction((parsed, cancellationToken) => RunAsync(
            terminal,
            parsed.GetValue(_id)!,
            service => control(service, parsed),
            OutputFolder.Create(parsed.GetValue(_output)),
            cancellationToken));
    }

    private delegate Task<SweepState?> Verb(string sweepId, CancellationToken cancellationToken);

    /// <summary>All of them.</summary>
    public static IEnumerable<SweepControlCommand> All(Terminal terminal)
    {
        yield return Of("pause", "Break a sweep off, to be resumed where it was", control => control.PauseAsync);
        yield return Of("resume", "Go on with a sweep that was paused, stopped or cancelled", control => control.ResumeAsync);
        yield return Of("stop", "Let a sweep finish what runs, start no more, and report", control => control.StopAsync);
        yield return Of("cancel", "End a sweep now, and report what had finished", control => control.CancelAsync);
        yield return Of("retry", "Run what failed of a sweep again", control => control.RetryAsync);
        yield return Extend(terminal);
        yield return new SweepControlCommand(
            terminal, "delete", "Delete a sweep with its report; its trials stay", (control, _) => async (id, token) =>
        {
            await control.DeleteAsync(id, token);
            return null;
        });

        SweepControlCommand Of(
            string verb, string description, Func<SweepControl, Func<string, CancellationToken, Task<SweepState>>> control) =>
            new(terminal, verb, description, (service, _) => async (id, token) => await control(service)(id, token));
    }

    private static SweepControlCommand Extend(Terminal terminal)
    {
        var (search, run) = (new SearchOptions(), new RunOptions());
        var command = new SweepControlCommand(
            terminal,
            "extend",
            "Extend a sweep by more points, by more epochs of those that it has, or by other conditions",
            (control, parsed) => async (id, token) => await control.ExtendAsync(
                id, search.Apply(run.Apply(new SweepRequest(), parsed), parsed), token));
        foreach (var option in (Option[])[.. search.All, .. run.All]) command.Add(option);
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string id, Func<SweepControl, Verb> verb, OutputFolder output, CancellationToken cancellationToken)
    {
        var observed = new ObservedTrials();
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken, observed);
        if (await verb(pipeline.Get<SweepControl>())(id, cancellationToken) is not { } state)
        {
            terminal.WriteLine($"Sweep {id} is deleted.");
            return ExitCodes.Success;
        }

        // What is to run runs here; what another process runs hears of it within a second.
        if (pipeline.Get<LocalSweepRunner>().WaitAsync(id).IsCompleted)
        {
            terminal.WriteLine(
                $"Sweep {id} is {state.ToString().ToLowerInvariant()}{(state == SweepState.Running ? ", and is told" : "")}.");
            return ExitCodes.Success;
        }

        var sweep = await new WatchedSweep(terminal, pipeline, observed).WaitAsync(id, cancellationToken);
        var download = pipeline.Get<ResultDownload>();
        await download.RunAsync(output.FullPath, await download.OfSweepAsync(id, cancellationToken), cancellationToken);
        terminal.WriteLine($"Sweep {id} is {sweep.State.ToString().ToLowerInvariant()}.");
        if (sweep.Note is { } note) terminal.WriteLine(note);
        if (sweep.Counts is { } counts && sweep.State != SweepState.Paused) terminal.WriteLine(WatchedSweep.Origin(counts));
        terminal.WriteLine($"Report: {output.Show($"sweeps/{id}/report.html")}");
        return sweep.State.IsCutShort() ? ExitCodes.Success : WatchedSweep.Conclude(terminal, sweep);
    }
}
