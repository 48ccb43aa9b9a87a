using Microsoft.DurableTask;
using MusicPipeline.Audio;
using MusicPipeline.Errors;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

public sealed class DurableSweepContextTests
{
    [Theory]
    [InlineData(typeof(InputException), true)]
    [InlineData(typeof(AudioFormatException), true)]
    [InlineData(typeof(IOException), false)]
    public async Task Takes_The_Errors_Of_Users_For_Permanent(Type thrown, bool permanent)
    {
        var failure = await FailAsync(new TaskFailureDetails(thrown.FullName!, "what was wrong", null, null, null));

        Assert.Equal(permanent, failure.IsPermanent);
        Assert.Equal("what was wrong", failure.Message);
    }

    [Fact]
    public async Task Finds_The_Error_Of_A_User_Inside_Of_Another()
    {
        var inner = new TaskFailureDetails(typeof(InputException).FullName!, "inner", null, null, null);
        Assert.True(
            (await FailAsync(new TaskFailureDetails(typeof(AggregateException).FullName!, "outer", null, inner, null))).IsPermanent);
    }

    [Fact]
    public async Task A_Childs_Failure_Is_A_Failed_Activity_To_The_Parent()
    {
        var details = new TaskFailureDetails(typeof(IOException).FullName!, "the plan cannot be read", null, null, null);
        var context = new DurableSweepContext(
            new ScriptedOrchestrationContext((_, _) => new TaskFailedException("RunSweepPart", 1, details)));

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(
            () => context.CallSubOrchestrationAsync<int>("RunSweepPart", "part-0", 1));

        Assert.Equal("the plan cannot be read", failure.Message);
    }

    [Fact]
    public async Task Names_Children_By_Their_Parent_Wherever_They_Are_Named()
    {
        var durable = new ScriptedOrchestrationContext((_, _) => 7);
        var context = new DurableSweepContext(durable);

        Assert.Equal(7, await context.CallSubOrchestrationAsync<int>("RunSweepPart", "part-3", 1));
        context.SendEvent("part-3", "cancel");
        context.SetStatus(new SweepStatus("w", 0, -1, 0, context.Now, null));
        await context.DelayAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(
            ["RunSweepPart as sweep-1-part-3", "send cancel to sweep-1-part-3", "status SweepStatus", "timer 2026-01-02T03:04:10.0000000"],
            durable.Asked);
    }

    [Fact]
    public void Tells_Durables_Time_As_Universal_Time() =>
        Assert.Equal(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            new DurableSweepContext(new ScriptedOrchestrationContext((_, _) => 0)).Now);

    private static Task<ActivityFailedException> FailAsync(TaskFailureDetails details)
    {
        var context = new DurableSweepContext(new ScriptedOrchestrationContext((_, _) => new TaskFailedException("PlanSweep", 1, details)));
        return Assert.ThrowsAsync<ActivityFailedException>(() => context.CallActivityAsync<int>("PlanSweep", "sweep-1"));
    }
}
