using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: MusicPipeline.Tests.RunningTests]

namespace MusicPipeline.Tests;

/// <summary>
/// Ends a test program that takes longer than <c>MUSIC_TEST_SECONDS</c> says, if anything, and names the tests that ran
/// then. The platform's own <c>--timeout</c> names none and waits for tests that do not look at its token.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningTestsAttribute : BeforeAfterTestAttribute
{
    // What the test platform says of a run that was aborted.
    private const int Aborted = 3;

    private static readonly ConcurrentDictionary<string, string> Running = new();
    private static readonly Lazy<Timer?> Limit = new(Start);

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running[test.UniqueID] = test.TestDisplayName;
        _ = Limit.Value;
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Running.TryRemove(test.UniqueID, out _);

    private static Timer? Start() => int.TryParse(Environment.GetEnvironmentVariable("MUSIC_TEST_SECONDS"), out var seconds)
        ? new Timer(_ => End(seconds), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)
        : null;

    private static void End(int seconds)
    {
        var names = string.Concat(Running.Values.Order(StringComparer.Ordinal).Select(name => $"\n  {name}"));
        Console.Error.WriteLine($"The tests were ended after {seconds} s. These ran then:{names}");
        Environment.Exit(Aborted);
    }
}
