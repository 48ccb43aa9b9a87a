using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class TrialBoardStateTests
{
    private static readonly TrialState[] Ended = [TrialState.Completed, TrialState.Diverged, TrialState.Failed, TrialState.Cancelled];

    [Fact]
    public void A_Board_Comes_Through_Json_With_The_Letters_Of_A_Status()
    {
        var board = new TrialBoard(8);
        board.Start(1);
        foreach (var (place, state) in Ended.Append(TrialState.Pruned).Append(TrialState.Preempted).Index())
            board.Return(place + 2, state, [0.25, 0.5]);

        var json = JsonSerializer.Serialize(board.ToState(), PipelineJson.Compact);
        var read = new TrialBoard(JsonSerializer.Deserialize<TrialBoardState>(json, PipelineJson.Compact)!);

        Assert.Equal(
            """{"scores":[[],[],[0.25,0.5],[0.25,0.5],[0.25,0.5],[0.25,0.5],[0.25,0.5],[0.25,0.5]],"states":"wrcdfxpe"}""", json);
        Assert.Equal(States(board), States(read));
        Assert.Equal(board.Scores(7), read.Scores(7));
    }

    [Fact]
    public void What_An_Older_Version_Handed_On_Is_Read()
    {
        const string Old = """
            {"board":{"stages":"wrpxcf","scores":[[],[],[0.5]]},"started":6,"epochs":9,"hasEnded":false}
            """;

        var board = new TrialBoard(JsonSerializer.Deserialize<SearchState>(Old, PipelineJson.Compact)!.Board);

        Assert.Equal(
            [
                TrialState.Waiting, TrialState.Running, TrialState.Preempted, TrialState.Pruned, TrialState.Completed, TrialState.Failed,
            ],
            States(board));
        Assert.Equal([0.5f], board.Scores(2));
    }

    [Theory]
    [InlineData("""{"stages":"d","scores":[]}""")]
    [InlineData("""{"states":"q","scores":[]}""")]
    [InlineData("""{"scores":[]}""")]
    [InlineData("""{"states":"w"}""")]
    public void A_Damaged_Board_Is_Refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TrialBoardState>(json, PipelineJson.Compact));

    private static IEnumerable<TrialState> States(TrialBoard board) => Enumerable.Range(0, board.Count).Select(trial => board[trial]);
}
