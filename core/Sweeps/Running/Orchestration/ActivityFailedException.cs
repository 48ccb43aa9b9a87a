namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>An activity threw. Each host wraps its own engine's exception into this one.</summary>
/// <param name="reason">The activity's message.</param>
/// <param name="isPermanent">Whether another try would end the same way, as with a wrong input.</param>
/// <param name="innerException">The engine's exception.</param>
public sealed class ActivityFailedException(string reason, bool isPermanent, Exception? innerException = null)
    : Exception(reason, innerException)
{
    /// <summary>Whether another try would end the same way.</summary>
    public bool IsPermanent { get; } = isPermanent;
}
