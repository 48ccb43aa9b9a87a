namespace MusicPipeline.Errors;

/// <summary>What faults say, for a sentence of ours.</summary>
public static class FaultText
{
    /// <summary>The first line of a fault's message, without a full stop.</summary>
    public static string FirstLine(Exception fault) => fault.Message.Split('\n', 2)[0].Trim().TrimEnd('.');
}
