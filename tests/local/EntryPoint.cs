using Xunit.MicrosoftTestingPlatform;

namespace MusicPipeline.Local.Tests;

/// <summary>Runs the tests, or, where a test has started it for that, the program's command lines.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] arguments) => arguments is [WarmProgram.Serve]
        ? WarmProgram.ServeAsync()
        : TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
