using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

public sealed class LayerTests
{
    private static readonly string[] WebAndFunctions =
        [
            "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "Microsoft.DurableTask",
            "Microsoft.Extensions.Hosting",
        ];

    public static TheoryData<string> Projects => [.. Layers.Projects];

    public static TheoryData<string> Programs => [.. Layers.Projects.Select(project => "MusicPipeline." + project), "music"];

    /// <summary>Between projects the compiler sees to it.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public void Folders_Of_A_Project_Use_Each_Other_In_One_Direction(string program) =>
        Expect.None(Cycles(CompiledCode.Read(program)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Libraries_Stay_In_Their_Places(string project) =>
        Expect.None(
            from use in Layers.Read(project).Uses
            where use.UserNamespace.StartsWith("MusicPipeline.", StringComparison.Ordinal)
            let library = LibraryOf(use, Layers.Libraries.Keys)
            let part = LibraryOf(use, Layers.Parts.Keys)
            where (library is not null && !Layers.Libraries[library].Contains(project, StringComparer.Ordinal))
                || (part is not null && !use.UserNamespace.StartsWith(Layers.Parts[part], StringComparison.Ordinal))
            select use.ToString());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_Project_References_Nothing_That_It_Does_Not_Use(string project)
    {
        var used = Layers.Read(project).References.ToHashSet(StringComparer.Ordinal);
        Expect.None(Layers.ReferencesOf(project)
            .Where(name => name.StartsWith("MusicPipeline.", StringComparison.Ordinal) && !used.Contains(name)));
    }

    /// <summary>But for the handlers, which are ASP.NET Core's on every host.</summary>
    [Fact]
    public void The_Picture_In_The_Docs_Has_The_Arrows_Of_The_Project_Files()
    {
        // Names in the picture are those of the projects without dots; Training.Cuda is Cuda there.
        var drawn = File.ReadLines(Path.Combine(RepositoryPaths.Root, "docs", "architecture.md"))
            .Select(line => line.Trim().Split(" --> "))
            .Where(ends => ends.Length == 2 && char.IsAsciiLetterUpper(ends[0][0]))
            .Select(ends => (From: InCode(ends[0]), To: InCode(ends[1])))
            .Where(arrow => Layers.Projects.Contains(arrow.From, StringComparer.Ordinal));
        var real =
            from project in Layers.Projects
            from name in Layers.ReferencesOf(project)
            where name.StartsWith("MusicPipeline.", StringComparison.Ordinal)
            select (From: project, To: name["MusicPipeline.".Length..]);

        Assert.Equal(real.Order(), drawn.Order());

        static string InCode(string name) => name == "Cuda" ? "Training.Cuda" : name;
    }

    [Fact]
    public void Core_Knows_Neither_Hosts_Nor_Functions() =>
        Expect.None(
            from project in Layers.Projects
            from name in Layers.Read(project).References
            where WebAndFunctions.Any(host => name.StartsWith(host, StringComparison.Ordinal))
            where project != "Http" || !name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            select $"{project}: {name}");

    [Fact]
    public void Local_Does_Not_Know_The_Functions_App() =>
        Assert.DoesNotContain(CompiledCode.Read("music").References, name => name.Contains("Functions", StringComparison.Ordinal));

    [Fact]
    public void Storage_Is_Reached_Through_Its_Interface() =>
        Expect.None(
            from project in Layers.Projects
            where project != "Storage"
            from use in Layers.Read(project).Uses
            where use.Type == "MusicPipeline.Storage.BlobArtifactStore"
            select use.ToString());

    private static string? LibraryOf(Use use, IEnumerable<string> libraries) =>
        libraries.Where(name => use.Namespace.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length);

    /// <summary>Pairs of namespaces that reach each other.</summary>
    private static IEnumerable<string> Cycles(CompiledCode code)
    {
        var own = code.Uses.Select(use => use.UserNamespace)
            .Where(space => space.StartsWith("MusicPipeline.", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var arrows = code.Uses
            .Where(use => own.Contains(use.UserNamespace) && own.Contains(use.Namespace) && use.UserNamespace != use.Namespace)
            .ToLookup(use => use.UserNamespace, use => use.Namespace, StringComparer.Ordinal);
        var reached = own.ToDictionary(space => space, space => Reach(space, arrows), StringComparer.Ordinal);
        return
            from one in own
            from other in reached[one]
            where string.CompareOrdinal(one, other) < 0 && reached[other].Contains(one)
            let examples = code.Uses.Where(
                use => (use.UserNamespace == one && use.Namespace == other) || (use.UserNamespace == other && use.Namespace == one))
            select $"{one} <-> {other}: {string.Join("; ", examples.Select(use => $"{use.User} -> {use.Type}").Distinct().Take(4))}";
    }

    private static HashSet<string> Reach(string from, ILookup<string, string> arrows)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>([from]);
        while (left.TryPop(out var space))
        {
            foreach (var next in arrows[space])
            {
                if (reached.Add(next)) left.Push(next);
            }
        }

        return reached;
    }
}
