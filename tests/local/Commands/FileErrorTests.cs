using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.Commands;

public sealed class FileErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("convert", "missing.aiff", "out.wav")]
    [InlineData("mel", "missing.aiff", "out.png")]
    [InlineData("inspect", "missing.npy")]
    [InlineData("predict", "missing.onnx", "missing.npy")]
    [InlineData("upload", "missing.aiff")]
    public async Task Names_A_File_That_Is_Missing(params string[] arguments)
    {
        var result = await MusicProgram.RunInAsync(_folder.FullPath, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^music: missing\.\w+: there is no such file; [^\n]+\.\n$", result.Error);
    }

    [Theory]
    [InlineData("convert", "folder", "out.wav")]
    [InlineData("mel", "folder", "out.npy")]
    [InlineData("inspect", "folder")]
    [InlineData("predict", "folder", "folder")]
    public async Task Says_That_A_Folder_Is_No_File(params string[] arguments)
    {
        Directory.CreateDirectory(_folder.File("folder"));
        var result = await MusicProgram.RunInAsync(_folder.FullPath, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^music: folder: this is a folder; [^\n]+\.\n$", result.Error);
    }

    [Theory]
    [InlineData("convert", "out.mp3", "only WAV files")]
    [InlineData("convert", "missing/out.wav", "folder is not there")]
    [InlineData("convert", "folder.wav", "this is a folder")]
    [InlineData("mel", "out.jpg", "only pictures and arrays")]
    [InlineData("mel", "missing/out.npy", "folder is not there")]
    public async Task Says_Why_An_Output_Cannot_Be_Written(string command, string output, string reason)
    {
        Directory.CreateDirectory(_folder.File("folder.wav"));
        var result = await MusicProgram.RunInAsync(_folder.FullPath, command, RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"), output);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"music: {output}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath));
    }

    [Theory]
    [InlineData("inspect", "notes.txt", "no kind of file")]
    [InlineData("upload", "notes.txt", "neither a recording nor an array")]
    [InlineData("upload", "notes.npy", "not that of a data set's file")]
    public async Task Refuses_Files_Of_Unknown_Kinds(string command, string file, string reason)
    {
        await File.WriteAllTextAsync(_folder.File(file), "some words");
        var result = await MusicProgram.RunInAsync(_folder.FullPath, command, file);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"music: {file}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_That_A_File_May_Not_Be_Read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Permissions do not bind this user.");
        var file = _folder.File("secret.npy");
        await File.WriteAllTextAsync(file, "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.None);
        var result = await MusicProgram.RunAsync("inspect", file);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("may not be read", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert")]
    [InlineData("nonsense")]
    [InlineData("mel", "a", "b", "c")]
    [InlineData("inspect", "a.npy", "--nonsense")]
    public async Task Points_To_The_Help_Where_A_Command_Line_Is_Wrong(params string[] arguments)
    {
        var result = await MusicProgram.RunAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^music: [^\n]+; see './run[ \w]* --help'\.\n$", result.Error);
    }

    /// <summary>What stands before a command is no option of it, and must not be overheard.</summary>
    [Theory]
    [InlineData("--out", "sweep", "./run sweep --out ...", "--out", "results", "sweep")]
    [InlineData("--device", "up", "./run up --device ...", "--device", "cpu", "up")]
    [InlineData("--dataset", "list", "./run sweep list --dataset ...", "sweep", "--dataset", "notes", "list")]
    public async Task Says_Where_An_Option_Belongs_That_Stands_Before_Its_Command(
        string option, string command, string example, params string[] arguments)
    {
        var result = await MusicProgram.RunAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"music: {option} before '{command}' says nothing of it; write it behind, as in '{example}'.\n", result.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("up")]
    [InlineData("upload")]
    [InlineData("sweep")]
    [InlineData("convert")]
    [InlineData("mel")]
    [InlineData("inspect")]
    [InlineData("predict")]
    public async Task Has_Help_With_Examples_Everywhere(params string[] command)
    {
        var result = await MusicProgram.RunAsync([.. command, "--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Examples:\n  ./run{string.Concat(command.Select(word => " " + word))}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_Stack_Traces_Only_When_Asked_To()
    {
        Assert.DoesNotContain("   at ", (await MusicProgram.RunAsync("inspect", "missing.npy")).Error, StringComparison.Ordinal);
        Assert.Contains("   at ", (await MusicProgram.RunAsync("inspect", "missing.npy", "--verbose")).Error, StringComparison.Ordinal);
    }
}
