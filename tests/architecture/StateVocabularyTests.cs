using System.Reflection;
using System.Text.RegularExpressions;
using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

/// <summary>What states have in common is said once, by a method of their vocabulary, and not by a list at each place.</summary>
public sealed partial class StateVocabularyTests
{
    private static readonly string[] Vocabularies = ["core/Trials/TrialStates.cs", "core/Sweeps/Requests/SweepState.cs"];

    [Fact]
    public void No_List_Of_States_Stands_Where_It_Has_A_Name() =>
        Expect.None(
            from file in SourceTree.Files("*.cs")
            let name = SourceTree.Shorten(file)
            where !name.StartsWith("tests/", StringComparison.Ordinal) && !Vocabularies.Contains(name, StringComparer.Ordinal)
            from found in Named(File.ReadAllText(file))
            select $"{name}: {found}");

    [Theory]
    [InlineData("state is TrialState.Running or TrialState.Waiting", "IsActive")]
    [InlineData("state == SweepState.Cancelled || state == SweepState.Stopped", "IsCutShort")]
    [InlineData("SweepState.Completed or SweepState.Failed\n or SweepState.Stopped or SweepState.Cancelled => 1", "IsEnded")]
    [InlineData("state is TrialState.Waiting or TrialState.Diverged", null)]
    [InlineData("state == TrialState.Waiting", null)]
    public void A_List_Is_Known_By_Its_States(string code, string? name) =>
        Assert.Equal(name, Named(code).SingleOrDefault()?.Split(' ')[^1]);

    private static IEnumerable<string> Named(string code) =>
        from list in List().Matches(code)
        let states = State().Matches(list.Value)
        let name = states[0].Value.StartsWith(nameof(TrialState), StringComparison.Ordinal)
            ? NameOf<TrialState>(typeof(TrialStates), states)
            : NameOf<SweepState>(typeof(SweepStates), states)
        where name is not null
        select $"'{list.Value}' is {name}";

    private static string? NameOf<TState>(Type vocabulary, IEnumerable<Match> states)
        where TState : struct, Enum
    {
        TState[] listed = [.. states.Select(state => Enum.Parse<TState>(state.Value.Split('.')[1])).Order()];
        var named =
            from method in vocabulary.GetMethods(BindingFlags.Public | BindingFlags.Static)
            where method.ReturnType == typeof(bool)
            where method.GetParameters() is [var only] && only.ParameterType == typeof(TState)
            let holds = method.CreateDelegate<Func<TState, bool>>()
            where Enum.GetValues<TState>().Where(holds).SequenceEqual(listed)
            select method.Name;
        return named.FirstOrDefault();
    }

    [GeneratedRegex(
        @"\b(TrialState|SweepState)\.\w+((\s+or\s+|\s+\|\|\s+[^\s=|]+\s+==\s+)(TrialState|SweepState)\.\w+)+",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex List();

    [GeneratedRegex(@"\b(TrialState|SweepState)\.\w+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex State();
}
