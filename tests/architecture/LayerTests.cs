using MusicPipeline.Architecture.Tests.Reading;
using Xunit;

namespace MusicPipeline.Architecture.Tests;

public sealed class LayerTests
{
    private static readonly string[] WebAndFunctions =
        ["Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "Microsoft.DurableTask", "Microsoft.Extensions.Hosting"];

    private readonly CompiledCode _core = CompiledCode.Read("MusicPipeline.Core");

    [Fact]
    public void Every_Namespace_Of_Core_Has_A_Layer() =>
        Expect.None(_core.Uses.Select(use => use.UserNamespace)
            .Where(space => space.StartsWith(Layers.Root, StringComparison.Ordinal) && Layers.Of(space) is null)
            .Distinct());

    [Fact]
    public void Layers_Only_Point_Downwards()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (Layers.Allowed.Keys.FirstOrDefault(layer => !done.Contains(layer) && Layers.Allowed[layer].All(done.Contains)) is { } next)
            done.Add(next);
        Expect.None(Layers.Allowed.Keys.Except(done, StringComparer.Ordinal));
    }

    [Fact]
    public void Core_Uses_What_Its_Layers_Allow() =>
        Expect.None(
            from use in _core.Uses
            let user = Layers.Of(use.UserNamespace)
            let used = Layers.Of(use.Namespace)
            where user is not null && used is not null && user != used && !Layers.Allowed[user].Contains(used, StringComparer.Ordinal)
            select use.ToString());

    [Fact]
    public void The_Map_Allows_Nothing_That_Nobody_Uses()
    {
        var used = _core.Uses.Select(use => (Layers.Of(use.UserNamespace), Layers.Of(use.Namespace))).ToHashSet();
        Expect.None(
            from layer in Layers.Allowed
            from allowed in layer.Value
            where !used.Contains((layer.Key, allowed))
            select $"{layer.Key} -> {allowed}");
    }

    [Fact]
    public void Libraries_Stay_In_Their_Layers() =>
        Expect.None(
            from use in _core.Uses
            let user = Layers.Of(use.UserNamespace)
            let library = Layers.Libraries.Keys.Where(name => use.Namespace.StartsWith(name, StringComparison.Ordinal)).MaxBy(name => name.Length)
            where user is not null && library is not null && !Layers.Libraries[library].Contains(user, StringComparer.Ordinal)
            select use.ToString());

    [Fact]
    public void Core_Knows_Neither_Web_Hosts_Nor_Functions() =>
        Assert.DoesNotContain(_core.References, name => WebAndFunctions.Any(host => name.StartsWith(host, StringComparison.Ordinal)));

    [Fact]
    public void Local_Does_Not_Know_The_Functions_App() =>
        Assert.DoesNotContain(CompiledCode.Read("music").References, name => name.Contains("Functions", StringComparison.Ordinal));

    [Fact]
    public void Storage_Is_Reached_Through_Its_Interface() =>
        Expect.None(_core.Uses.Where(use =>
            use.Type == "MusicPipeline.Storage.BlobArtifactStore" && Layers.Of(use.UserNamespace) != "Storage"));
}
