using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Whatever an extension names is taken up or refused by name.</summary>
public sealed class SweepExtensionTests
{
    private const string Version = "0123456789abcdef";

    private static readonly SweepRequest Grid = new() { LearningRates = [0.01], HiddenUnits = [3, 4, 5, 6], Epochs = 3, BatchSize = 16 };

    private static readonly SweepRequest Drawn = Grid with { Sampler = new RandomSampler { Trials = 2 } };

    private static readonly SweepRequest Tpe = new()
    {
        HiddenUnits = [3, 4, 5, 6],
        Sampler = new TpeSampler { Trials = 4 },
    };

    /// <summary>A value of each property that no sweep here has.</summary>
    private static readonly SweepRequest Everything = new()
    {
        Dataset = "others",
        DatasetVersion = "fedcba9876543210",
        Preset = Presets.Lab,
        LearningRates = [0.02],
        HiddenUnits = [7],
        Epochs = 90,
        BatchSize = 32,
        Seed = 9,
        Validation = ValidationRule.TestSet,
        Device = DeviceChoice.Cpu,
        MaxParallel = 2,
        Priority = 3,
        Space = new() { [HyperParameter.WeightDecay] = ParameterRange.Of([0.01]) },
        Sampler = new RandomSampler { Trials = 9 },
        Pruner = new PatiencePruner(),
        Stop = new() { Trials = 3 },
        Repeats = 2,
        Baselines = ["sdca"],
        Objective = Objective.Loss,
        RestoreBest = true,
        Points = [new Dictionary<string, JsonElement> { ["hiddenUnits"] = JsonElement.Parse("9") }],
        Name = "a name",
        Notes = "a note",
        Tags = ["a-tag"],
    };

    public static TheoryData<string, bool> Properties =>
    [
        .. Named().SelectMany(name => (TheoryDataRow<string, bool>[])[new(name, false), new(name, true)]),
    ];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_Property_Is_Taken_Up_Or_Refused_By_Name(string name, bool learns)
    {
        var property = typeof(SweepRequest).GetProperty(name)!;
        var value = property.GetValue(Everything);
        Assert.NotNull(value);
        var extension = new SweepRequest();
        property.SetValue(extension, value);
        var sweep = new SweepDocument(
            "grid-0123456789", SweepState.Completed, learns ? Tpe : Drawn, "notes", Version, DateTimeOffset.UnixEpoch);

        SweepDocument extended;
        try
        {
            extended = SweepExtensions.Extend(sweep, extension);
        }
        catch (InputException refused)
        {
            Assert.Contains(JsonNamingPolicy.CamelCase.ConvertName(name), refused.Message, StringComparison.Ordinal);
            return;
        }

        var now = extended.Current;
        var (before, after) = (SweepExtensions.Plan(sweep), SweepExtensions.Plan(extended));
        Assert.True(
            Equals(value, property.GetValue(now))
                || after.Trials.Count > before.Trials.Count
                || (learns && Equals(value, property.GetValue(SweepExtensions.RequestOf(extended)))),
            $"{name} changes nothing");
    }

    [Theory]
    [InlineData(nameof(SweepRequest.Dataset))]
    [InlineData(nameof(SweepRequest.DatasetVersion))]
    [InlineData(nameof(SweepRequest.Validation))]
    [InlineData(nameof(SweepRequest.Baselines))]
    public void What_A_Sweep_Keeps_Is_Refused(string name)
    {
        var extension = new SweepRequest { HiddenUnits = [8] };
        var property = typeof(SweepRequest).GetProperty(name)!;
        property.SetValue(extension, property.GetValue(Everything));

        var message = Assert.Throws<InputException>(() => ExtensionRules.Check(extension)).Message;

        Assert.StartsWith(
            $"an extension names {JsonNamingPolicy.CamelCase.ConvertName(name)}, and a sweep keeps its own; ",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_Sampler_That_Learns_Is_Refused_Where_The_Sweep_Does_Not() =>
        Assert.Equal(
            "an extension names the sampler 'tpe', and the points of this sweep do not depend on its results; "
            + "start another sweep with that sampler: it learns from the trials on record.",
            Assert.Throws<InputException>(() => SweepExtensions.Extend(
                new SweepDocument("grid-0123456789", SweepState.Completed, Grid, "notes", Version, DateTimeOffset.UnixEpoch),
                new() { Sampler = Tpe.Sampler })).Message);

    [Fact]
    public async Task New_Stop_Conditions_Replace_The_Old_Ones_And_The_Rest_Trains()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var first = await rig.RunAsync(Grid with { Stop = new() { Trials = 2 } });
        Assert.Equal((StopCause.Trials, 2, 2), (first.StopCause, first.Counts!.Completed, first.Counts.Cancelled));

        Assert.Equal(SweepState.Waiting, await rig.Control.ExtendAsync(first.Id, new() { Stop = new() { Trials = 3 } }));
        await rig.Host.WaitAsync(first.Id);

        var second = await rig.DocumentAsync(first.Id);
        Assert.Equal(
            (StopCause.Trials, 3, 2, 1), (second.StopCause, second.Counts!.Completed, second.Counts.Reused, second.Counts.Cancelled));
        Assert.Contains(
            "as many trials had ended as were asked for (3); 1 trial did not run",
            await ReportAsync(rig, first.Id),
            StringComparison.Ordinal);
        Assert.Equal(SweepState.Completed, await rig.Control.ExtendAsync(first.Id, new() { Stop = new() { Trials = 3 } }));

        await rig.Control.ExtendAsync(first.Id, new() { Stop = new() { Seconds = 3600 } });
        await rig.Host.WaitAsync(first.Id);

        var third = await rig.DocumentAsync(first.Id);
        Assert.Equal((null, 4, 0), (third.StopCause, third.Counts!.Completed, third.Counts.Cancelled));
    }

    [Theory]
    [InlineData(null, 2, "trials")]
    [InlineData(0.01, null, "accuracy")]
    public async Task Points_For_A_Sweep_That_A_Condition_Has_Ended_Need_New_Ones(double? accuracy, int? trials, string name)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var stop = new StopRequest { Accuracy = accuracy, Trials = trials };
        var first = await rig.RunAsync(Grid with { Stop = stop });
        var completed = first.Counts!.Completed;
        Assert.NotEqual(0, first.Counts.Cancelled);
        var more = new SweepRequest { HiddenUnits = [7, 8, 9] };

        foreach (var same in (StopRequest?[])[null, stop])
        {
            var refused = await Assert.ThrowsAsync<InputException>(() => rig.Control.ExtendAsync(first.Id, more with { Stop = same }));
            Assert.Equal(InputErrorKind.Conflict, refused.Kind);
            Assert.Equal(
                $"the stop condition '{name}' has ended the sweep '{first.Id}' and would cancel what is added at once; "
                + "name new stop conditions in the extension.", refused.Message);
        }

        // While it waits to start, more points fall under the new conditions.
        var waiting = new SweepControl(rig.Store, new SilentSweepHost(), rig.Time);
        await waiting.ExtendAsync(first.Id, more with { Stop = new() { Trials = completed + 1 } });
        await waiting.ExtendAsync(first.Id, new() { HiddenUnits = [10] });
        await rig.Host.StartAsync(first.Id);
        await rig.Host.WaitAsync(first.Id);

        var second = await rig.DocumentAsync(first.Id);
        Assert.Equal((completed + 1, completed, 8), (second.Counts!.Completed, second.Counts.Reused, second.Counts.Total));
        var plan = (await rig.Store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(first.Id, SweepFiles.Plan)))!;
        Assert.Equal([4, 7], plan.Before!);
        Assert.All(plan.Shuffled(isGrid: true).Take(4), index => Assert.InRange(index, 0, 3));
    }

    [Fact]
    public async Task What_Was_Completed_Before_Counts_Under_Any_New_Condition()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var sweep = await rig.RunAsync(Grid);

        await rig.Control.ExtendAsync(sweep.Id, new() { HiddenUnits = [7], Stop = new() { Trials = 2 } });
        await rig.Host.WaitAsync(sweep.Id);

        var extended = await rig.DocumentAsync(sweep.Id);
        Assert.Equal(
            (StopCause.Trials, 5, 4, 4, 1),
            (extended.StopCause, extended.Counts!.Total, extended.Counts.Completed, extended.Counts.Reused, extended.Counts.Cancelled));
        Assert.Equal(sweep.Best, extended.Best);
    }

    [Fact]
    public async Task Another_Pruner_Decides_About_What_The_Old_One_Had_Ended()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var first = await rig.RunAsync(Grid with { Pruner = new ThresholdPruner { Limit = 1 } });
        Assert.Equal((4, 0), (first.Counts!.Pruned, first.Counts.Completed));

        await rig.Control.ExtendAsync(first.Id, new() { Pruner = new NoPruner() });
        await rig.Host.WaitAsync(first.Id);

        Assert.Equal((0, 4), (await rig.DocumentAsync(first.Id) is { Counts: { } counts } ? (counts.Pruned, counts.Completed) : default));
    }

    [Fact]
    public async Task How_A_Sweep_Is_Run_Is_Planned_As_The_Last_One_To_Ask_Says()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 4);
        var request = Grid with { MaxParallel = 3 };
        var sweep = await rig.RunAsync(request);

        await rig.Control.ExtendAsync(sweep.Id, new() { MaxParallel = 2, Priority = 5, Device = DeviceChoice.Cpu });
        await rig.Host.WaitAsync(sweep.Id);

        var extended = await rig.DocumentAsync(sweep.Id);
        var planned = await rig.Plan.RunAsync(new SweepStart(sweep.Id, await rig.DescribeDevice.RunAsync(sweep.Id)));
        Assert.Equal((2, 5, DeviceChoice.Cpu, 5), (planned.MaxParallel, planned.Priority, planned.Device, extended.Priority));

        await rig.RunAsync(request, runAgain: true);
        planned = await rig.Plan.RunAsync(new SweepStart(sweep.Id, await rig.DescribeDevice.RunAsync(sweep.Id)));
        Assert.Equal((3, 0, null, 4), (planned.MaxParallel, planned.Priority, planned.Device, planned.Trials));
    }

    [Fact]
    public async Task Conditions_For_A_Sweep_That_Runs_In_Parts_Wait_Until_It_Is_Through()
    {
        var store = await SweepRig.StoreAsync();
        SweepRig? rig = null;
        var begun = 0;
        var id = SweepPlanner.Plan(Grid, "notes", (await new SweepRig(store).Datasets.ResolveAsync("notes")).Version).SweepId;
        var extension = new SweepRequest { HiddenUnits = [7], Stop = new() { Trials = 4 } };
        rig = new SweepRig(
            store,
            new GateDevice((_, epoch) =>
            {
                if (epoch == 1 && ++begun == 1) Task.Run(() => rig!.Control.ExtendAsync(id, extension)).Wait();
            }),
            parallel: 1,
            partSize: 2);

        var document = await rig.RunAsync(Grid);

        Assert.Equal((id, SweepState.Completed, StopCause.Trials), (document.Id, document.State, document.StopCause));
        Assert.Equal((5, 4, 1), (document.Counts!.Total, document.Counts.Completed, document.Counts.Cancelled));
    }

    [Fact]
    public async Task A_Learning_Sweep_Takes_New_Conditions_Too()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var first = await rig.RunAsync(Tpe with { Epochs = 3, Stop = new() { Trials = 2 } });
        Assert.Equal((StopCause.Trials, 2), (first.StopCause, first.Counts!.Completed));
        var more = new SweepRequest { Sampler = Tpe.Sampler! with { Trials = 5 } };
        await Assert.ThrowsAsync<InputException>(() => rig.Control.ExtendAsync(first.Id, more));

        await rig.Control.ExtendAsync(first.Id, new() { Stop = new() { Trials = 4 } });
        await rig.Host.WaitAsync(first.Id);

        Assert.Equal(4, (await rig.DocumentAsync(first.Id)).Counts!.Completed);
    }

    private static IEnumerable<string> Named() => typeof(SweepRequest).GetProperties().Select(property => property.Name);

    private static async Task<string> ReportAsync(SweepRig rig, string id) =>
        System.Text.Encoding.UTF8.GetString((await rig.Catalog.ReadReportAsync(id, "md", null)).Bytes.Span);
}
