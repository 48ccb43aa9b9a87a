using System.Text.Json;
using System.Text.RegularExpressions;
using MusicPipeline.Infra.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests;

public sealed partial class FileTests
{
    private static readonly string AzureYaml = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "azure.yaml"));

    [Fact]
    public void Json_Files_Parse() =>
        Assert.All(
            Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)),
            file => JsonDocument.Parse(File.ReadAllText(file)).Dispose());

    [Fact]
    public void No_File_Holds_Or_Asks_For_A_Secret() =>
        Assert.All(Files, file => Assert.DoesNotMatch(Secret(), File.ReadAllText(file)));

    [Fact]
    public void The_Template_Has_No_Secret_Output() =>
        Assert.All(
            File.ReadLines(Path.Combine(Bicep.Folder, "main.bicep")).Where(line => line.StartsWith("output ", StringComparison.Ordinal)),
            line => Assert.DoesNotMatch("(?i)key|connection|password|token", line));

    [Fact]
    public void Azd_Deploys_The_Apps_Of_The_Template() =>
        Assert.Equal(
            Deployment.Of("T4", "dts").Apps.Keys.Order(), Service().Matches(AzureYaml).Select(match => match.Groups["name"].Value).Order());

    [Fact]
    public void What_Azd_Runs_And_Builds_Is_There()
    {
        var named = PathValue().Matches(AzureYaml).Select(match => match.Groups["path"].Value).Distinct().ToList();
        Assert.Equal(2, named.Count);
        Assert.All(named, path => Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, path)), path));
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(Bicep.Folder, "subscribe-events.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void Base_Images_Are_Pinned()
    {
        var bases = BaseImage().Matches(File.ReadAllText(Path.Combine(Bicep.Folder, "Dockerfile")))
            .Select(match => match.Groups["image"].Value)
            .ToList();
        Assert.NotEmpty(bases);
        Assert.All(bases, image => Assert.Matches(@":[^:]*\d+\.\d+", image));
    }

    [Fact]
    public void What_The_Workflows_Run_And_Cache_By_Is_There()
    {
        var workflow = File.ReadAllText(Path.Combine(RepositoryPaths.Root, ".github", "workflows", "ci.yml"));
        var named = WorkflowFile().Matches(workflow).Select(match => match.Groups["path"].Value).ToList();
        Assert.Equal(
            [".ci/run", "Directory.Packages.props", "global.json", "infra/azurite/package-lock.json"], named.Order(StringComparer.Ordinal));
        Assert.All(named, path => Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, path)), path));
    }

    [Theory]
    [InlineData("nuget", "Directory.Packages.props")]
    [InlineData("npm", "package-lock.json")]
    [InlineData("docker", "Dockerfile")]
    [InlineData("github-actions", ".github/workflows/ci.yml")]
    public void Updates_Are_Looked_For_Where_Dependencies_Are(string ecosystem, string file)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, ".github", "dependabot.yml"));
        var update = Assert.Single(Update().Matches(text), update => update.Groups["ecosystem"].Value == ecosystem);
        Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, update.Groups["folder"].Value.TrimStart('/'), file)), file);
    }

    // Without what .gitignore names: the installed packages, and the lock that an install running beside this test holds.
    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Bicep.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && Path.GetFileName(file) != ".install.lock")
            .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, ".github"), "*", SearchOption.AllDirectories))
            .Concat(((string[])["azure.yaml", "local.settings.sample.json", ".dockerignore", ".devcontainer/devcontainer.json"])
                .Select(name => Path.Combine(RepositoryPaths.Root, name)));

    [GeneratedRegex(
        "(?i)list(Keys|Secrets|Credentials|AccountSas)|AccountKey=|SharedAccess(Key|Signature)|[?&]sig=|adminUserEnabled: true",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex("^  (?<name>[a-z]+):\n(    .*\n)*?    host: containerapp", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Service();

    [GeneratedRegex(@"(path|run): (?<path>\S+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PathValue();

    [GeneratedRegex(
        @"(run|global-json-file|cache-dependency-path): (?<path>\S+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WorkflowFile();

    [GeneratedRegex(
        @"package-ecosystem: (?<ecosystem>\S+)\n +directory: (?<folder>\S+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Update();

    [GeneratedRegex(@"^FROM (?<image>[\w./-]+:\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BaseImage();
}
