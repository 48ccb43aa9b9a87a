using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Two arrays of a data set, each good by itself, do not fit together; which of them is wrong nobody can tell.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="remedy">What to do.</param>
/// <param name="file">The one that the message names first.</param>
/// <param name="other">The other one.</param>
public sealed class DatasetMisfitException(string problem, string remedy, string file, string other)
    : InputException(problem, remedy, file)
{
    /// <summary>The other array's file.</summary>
    public string Other => other;
}
