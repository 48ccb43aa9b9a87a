namespace MusicPipeline.Local.Inspecting;

/// <summary>What a file holds, for people and for scripts.</summary>
internal interface IInspection
{
    /// <summary>Lines for people: name, value.</summary>
    IEnumerable<(string Name, string? Value)> Facts { get; }

    /// <summary>The same for scripts.</summary>
    object Document { get; }
}
