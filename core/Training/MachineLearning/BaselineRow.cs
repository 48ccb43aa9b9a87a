namespace MusicPipeline.Training.MachineLearning;

/// <summary>A row as ML.NET's trainers take it.</summary>
internal sealed class BaselineRow
{
    /// <summary>Class index; ML.NET makes a key of it, which counts from one.</summary>
    public uint Label { get; set; }

    /// <summary>Standardized features.</summary>
    public float[] Features { get; set; } = [];
}
