using MusicPipeline.Errors;

namespace MusicPipeline.Audio;

/// <summary>A recording cannot be read; says which chunk is wrong and why.</summary>
/// <param name="chunk">The chunk at fault, e.g. <c>COMM</c>.</param>
/// <param name="problem">What is wrong, naming the chunk, without a final full stop.</param>
/// <param name="remedy">What to do, without a final full stop.</param>
/// <param name="kind"><see cref="InputErrorKind.UnsupportedType"/> for a format that is not read at all.</param>
/// <param name="innerException">The cause, for logs only.</param>
public sealed class AudioFormatException(
    string chunk, string problem, string remedy, InputErrorKind kind = InputErrorKind.Invalid, Exception? innerException = null)
    : InputException(problem, remedy, kind: kind, innerException: innerException)
{
    /// <summary>
    /// The chunk at fault: <c>FORM</c>, <c>COMM</c>, <c>SSND</c>, <c>RIFF</c>, <c>fmt</c>, <c>data</c>;
    /// or <c>MP3</c> or <c>Ogg</c>, which have none.
    /// </summary>
    public string Chunk { get; } = chunk;
}
