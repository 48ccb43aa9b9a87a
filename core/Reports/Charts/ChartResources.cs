namespace MusicPipeline.Reports.Charts;

/// <summary>Files that the assembly carries for charts and pages.</summary>
internal static class ChartResources
{
    public static Stream Open(string name) =>
        typeof(ChartResources).Assembly.GetManifestResourceStream("MusicPipeline.Reports.Charts." + name)
        ?? throw new FileNotFoundException($"The assembly has no resource {name}.", name);

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
