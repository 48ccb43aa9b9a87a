namespace MusicPipeline.Local;

/// <summary>Something that this program needs is not there or does not work: one sentence, and what to do.</summary>
/// <param name="problem">What is wrong, without a full stop.</param>
/// <param name="remedy">What to do, without a full stop.</param>
/// <param name="innerException">The cause, shown with <c>--verbose</c>.</param>
internal sealed class SetupException(string problem, string remedy, Exception? innerException = null)
    : Exception($"{problem}; {remedy}.", innerException);
