namespace MusicPipeline.Trials;

/// <summary>Names of the files of a sweep and of a trial.</summary>
public static class SweepFiles
{
    /// <summary>The sweep's document.</summary>
    public const string Sweep = "sweep.json";

    /// <summary>Its plan.</summary>
    public const string Plan = "plan.json";

    /// <summary>How its trials ended, in one file, for those who ask for the sweep's status.</summary>
    public const string Ended = "ended.jsonl";

    /// <summary>Its presence asks every worker to look into the sweep's document whether it was halted.</summary>
    public const string Halt = "halt.json";

    /// <summary>The report to read.</summary>
    public const string ReportHtml = "report.html";

    /// <summary>The report as text.</summary>
    public const string ReportMarkdown = "report.md";

    /// <summary>Every trial in numbers, as a table.</summary>
    public const string Trials = "trials.csv";

    /// <summary>Every curve, as a table.</summary>
    public const string Histories = "histories.csv";

    /// <summary>The winner's model.</summary>
    public const string BestModel = "best.onnx";

    /// <summary>The winner's model with all that comes before it: from the samples of a note to its label. Only of notes.</summary>
    public const string Classifier = "classifier.onnx";

    /// <summary>A trial in numbers, written last.</summary>
    public const string Trial = "trial.json";

    /// <summary>What a baseline reached; see <see cref="BaselineRecord"/>.</summary>
    public const string Baseline = "baseline.json";

    /// <summary>A trial that was ended early or waits to be promoted; see <see cref="PausedTrial"/>.</summary>
    public const string Paused = "paused.json";

    /// <summary>A trial's curves.</summary>
    public const string History = "history.json";

    /// <summary>A trial's model.</summary>
    public const string Model = "model.onnx";

    /// <summary>A running trial's progress.</summary>
    public const string Progress = "progress.json";

    /// <summary>Where a completed trial can go on from with more epochs.</summary>
    public const string LastCheckpoint = "last.bin";

    /// <summary>Where a running trial can go on from.</summary>
    public const string Checkpoint = "checkpoint.bin";
}
