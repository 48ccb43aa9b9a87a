namespace MusicPipeline.Storage;

/// <summary>A blob by its container and its name; <c>trials/ab12/trial.json</c> as text.</summary>
/// <param name="Container">One of <see cref="Containers"/>.</param>
/// <param name="Name">Name in the container, with <c>/</c> between folders.</param>
public sealed record BlobPath(string Container, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Name}";
}
