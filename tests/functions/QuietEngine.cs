using System.Runtime.CompilerServices;

namespace MusicPipeline.Functions.Tests;

/// <summary>The engine's own web server would print every request.</summary>
internal static class QuietEngine
{
    [ModuleInitializer]
    internal static void Silence() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
}
