using Xunit;

namespace MusicPipeline.Architecture.Tests;

internal static class Expect
{
    /// <summary>Fails with a line for each offence.</summary>
    public static void None<T>(IEnumerable<T> offences)
        where T : notnull
    {
        var lines = offences.Select(offence => offence.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (lines.Count > 0) Assert.Fail(string.Join('\n', lines));
    }
}
