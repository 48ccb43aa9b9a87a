using System.Collections.Frozen;
using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

public sealed class ForbiddenCallTests
{
    // Full name of a type, a colon, and the member; no member forbids the type.
    private static readonly FrozenSet<string> Everywhere =
    [
        "System.DateTime:get_Now", "System.DateTime:get_UtcNow", "System.DateTime:get_Today",
        "System.DateTimeOffset:get_Now", "System.DateTimeOffset:get_UtcNow",
        "System.Threading.Thread:Sleep", "System.Threading.SpinWait:SpinOnce",
        "System.Threading.Tasks.Task:Wait", "System.Threading.Tasks.Task:WaitAll", "System.Threading.Tasks.Task:WaitAny",
        "System.Threading.Tasks.Task`1:get_Result", "System.Threading.Tasks.ValueTask`1:get_Result",
        "System.Environment:Exit", "System.Environment:FailFast",
        "System.NotImplementedException:", "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter:",
    ];

    private static readonly FrozenSet<string> InCore =
        [
            "System.GC:Collect", "System.Console:", "System.Net.Http.HttpClient:", "System.Diagnostics.Process:",
            "System.Environment:get_CurrentDirectory",
        ];

    // Assigned by its type's static constructor alone; protoc, which writes the code, does not say readonly.
    private const string Generated = "MusicPipeline.Training.Models.Onnx.OnnxReflection.descriptor";

    public static TheoryData<string> Assemblies => [.. Layers.Projects.Select(project => "MusicPipeline." + project), "music"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Makes_No_Call_That_Is_Forbidden_Everywhere(string assembly) =>
        Expect.None(CompiledCode.Read(assembly).Uses.Where(use => Is(Everywhere, use)));

    [Fact]
    public void Core_Touches_No_Console_Process_Or_Client() =>
        Expect.None(Layers.Projects.SelectMany(project => Layers.Read(project).Uses).Where(use => Is(InCore, use)));

    [Fact]
    public void The_Console_Belongs_To_The_Terminal() =>
        Expect.None(CompiledCode.Read("music").Uses.Where(use =>
            use.Type == "System.Console" && use.UserNamespace != "MusicPipeline.Local.Cli"));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Has_No_Static_State(string assembly) =>
        Expect.None(CompiledCode.Read(assembly).MutableStatics().Where(field => field != Generated));

    [Theory]
    [InlineData("Sweeps", "MusicPipeline.Sweeps.Running.Orchestration")]
    [InlineData("Collections", "MusicPipeline.Collections.Orchestration")]
    public void Orchestrations_Use_Nothing_That_The_Analyzer_Bans(string project, string orchestration)
    {
        var banned = File.ReadLines(Path.Combine(RepositoryPaths.Root, "core", "Sweeps", "BannedSymbols.txt"))
            .Where(line => line.Length > 2 && line[1] == ':')
            .Select(line => BannedSymbol.Parse(line))
            .ToList();
        Assert.NotEmpty(banned);
        var uses = Layers.Read(project).Uses.Where(use => use.UserNamespace == orchestration).ToList();
        Assert.NotEmpty(uses);
        Expect.None(uses.Where(use => banned.Exists(symbol => symbol.Matches(use))));
    }

    private static bool Is(FrozenSet<string> forbidden, Use use) =>
        forbidden.Contains($"{use.Type}:{use.Member}") || forbidden.Contains(use.Type + ":");
}
