using System.Text;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Names, notes and tags of sweeps.</summary>
public sealed class SweepLabelTests
{
    private static readonly SweepRequest Small = new() { LearningRates = [0.1], HiddenUnits = [3], Epochs = 1, BatchSize = 16 };

    [Fact]
    public async Task The_Same_Request_Under_Another_Name_Is_The_Same_Sweep()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var first = await rig.RunAsync(Small with { Name = "First", Tags = ["draft"] }, key: "one");

        var again = await rig.RunAsync(Small with { Name = "Second" }, key: "one");
        var silent = await rig.RunAsync(Small, key: "one");

        Assert.Equal((first.Id, 1, "Second"), (again.Id, again.Run, again.Request.Name));
        Assert.Equal(["draft"], again.Request.Tags!);
        Assert.Equal((first.Id, "Second"), (silent.Id, silent.Request.Name));
        Assert.Equal(Plan(Small).SweepId, Plan(Small with { Name = "x", Notes = "y", Tags = ["z"] }).SweepId);
    }

    [Fact]
    public async Task Sweeps_Are_Found_By_Tags_And_State()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var both = await rig.RunAsync(Small with { Name = "Both", Tags = ["violins", "draft"] });
        var one = await rig.RunAsync(Small with { Epochs = 2, Tags = ["violins"] });

        Assert.Equal([both.Id], await FindAsync(["violins", "draft"], null));
        Assert.Equal(
            ((string[])[both.Id, one.Id]).Order(StringComparer.Ordinal),
            (await FindAsync(["violins"], "completed")).Order(StringComparer.Ordinal));
        Assert.Empty(await FindAsync(["Violins"], null));
        Assert.Empty(await FindAsync([], "running"));
        Assert.Equal("Both", (await rig.Catalog.ListAsync()).Single(sweep => sweep.Id == both.Id).Name);
        Assert.Contains(
            "'ended' is no state of a sweep; give one of ",
            Assert.Throws<InputException>(() => SweepFilter.Parse([], "ended")).Message,
            StringComparison.Ordinal);

        async Task<string[]> FindAsync(string[] tags, string? state) =>
            [.. (await rig.Catalog.ListAsync(SweepFilter.Parse(tags, state))).Select(sweep => sweep.Id)];
    }

    [Fact]
    public async Task The_Report_Shows_Them_As_Text()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store).RunAsync(Small with { Name = "<b>Bold</b>", Notes = "one\ntwo", Tags = ["violins"] });

        var html = Encoding.UTF8.GetString(store.Snapshot()[$"sweeps/{sweep.Id}/report.html"]);
        Assert.Contains("&lt;b&gt;Bold&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Bold", html, StringComparison.Ordinal);
        Assert.Contains("Tags: violins", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Is_No_Label_Is_Refused()
    {
        const string NoName = "the name is empty, longer than a line, or not on one line; give one of at most 100 characters.";
        (SweepRequest Request, string Problem)[] cases =
        [
            (Small with { Name = " " }, NoName),
            (Small with { Name = "a\nb" }, NoName),
            (Small with { Notes = new string('x', 2001) }, "the notes have 2001 characters; give at most 2000."),
            (Small with { Tags = ["two words"] }, "'two words' is no tag; give a word of at most 40 letters, digits, '-', '_' and '.'."),
            (Small with { Tags = ["a", "a"] }, "the tags name one twice; name each once."),
            (Small with { Tags = [.. Enumerable.Range(0, 21).Select(i => $"t{i}")] }, "there are 21 tags; give at most 20."),
        ];

        foreach (var (request, problem) in cases) Assert.Equal(problem, Assert.Throws<InputException>(() => Plan(request)).Message);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "v1");
}
