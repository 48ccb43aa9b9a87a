namespace MusicPipeline.Training.Models;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">NumPy's name of the element type, such as <c>float32</c>; empty where it is no tensor.</param>
/// <param name="Shape">Sizes, or names of sizes that vary: <c>(rows, 120)</c>. Null where the file does not say.</param>
public sealed record ModelValue(string Name, string ElementType, string? Shape);
