namespace MusicPipeline.Errors;

/// <summary>
/// Something a user gave is wrong: one sentence that says which file, what is wrong and what to do.
/// Commands print <see cref="Exception.Message"/> and exit non-zero; HTTP hosts answer a 4xx problem document.
/// </summary>
public class InputException : Exception
{
    /// <summary>Creates the error of one input.</summary>
    /// <param name="problem">What is wrong, without a final full stop: <c>"the COMM chunk says 0 channels"</c>.</param>
    /// <param name="remedy">What to do, without a final full stop: <c>"export the recording again"</c>.</param>
    /// <param name="subject">The file or blob, where it is known; see <see cref="About"/>.</param>
    /// <param name="kind">What an HTTP host should make of it.</param>
    /// <param name="innerException">The cause, for logs only.</param>
    public InputException(
        string problem,
        string remedy,
        string? subject = null,
        InputErrorKind kind = InputErrorKind.Invalid,
        Exception? innerException = null)
        : base(Sentence(subject, problem, remedy), innerException)
    {
        Problem = problem;
        Remedy = remedy;
        Subject = subject;
        Kind = kind;
    }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>The file or blob that is wrong, or null where the thrower did not know its name.</summary>
    public string? Subject { get; }

    /// <summary>Whether the input is invalid, names something missing, or conflicts with the present state.</summary>
    public InputErrorKind Kind { get; }

    /// <summary>
    /// The property of a request that is wrong, as JSON names it, with dots between those of objects within objects:
    /// <c>space.learningRate</c>. Null where it is no single one.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>The same error with the file's name, for callers of readers that only see a stream.</summary>
    public InputException About(string subject) =>
        Subject is null ? new InputException(Problem, Remedy, subject, Kind, this) { Field = Field } : this;

    /// <summary>The same error with the property, for callers of checks that do not know which one a value is of.</summary>
    public InputException At(string field) =>
        Field is null ? new InputException(Problem, Remedy, Subject, Kind, this) { Field = field } : this;

    private static string Sentence(string? subject, string problem, string remedy) =>
        subject is null ? $"{problem}; {remedy}." : $"{subject}: {problem}; {remedy}.";
}
