namespace MusicPipeline.Sweeps.Planning;

/// <summary>The lab's three exercises, and all of them together.</summary>
public static class Presets
{
    /// <summary>256 units at 0.001 for 10 epochs, which the lab calls a baseline; ML.NET's are others.</summary>
    public const string OneTrial = "baseline";

    /// <summary>Four learning rates with 256 units for 20 epochs.</summary>
    public const string LearningRate = "learning-rate";

    /// <summary>Nine hidden sizes, 4 to 1024, at 0.001 for 40 epochs.</summary>
    public const string HiddenUnits = "hidden-units";

    /// <summary>All three.</summary>
    public const string Lab = "lab";

    private static readonly StudyDesign OneTrialDesign = new(OneTrial, [0.001], [256], 10);

    private static readonly StudyDesign LearningRateDesign = new(LearningRate, [0.1, 0.01, 0.001, 0.0001], [256], 20);

    private static readonly StudyDesign HiddenUnitsDesign =
        new(HiddenUnits, [0.001], [4, 8, 16, 32, 64, 128, 256, 512, 1024], 40);

    /// <summary>Every preset's name.</summary>
    public static IReadOnlyList<string> Names { get; } = [OneTrial, LearningRate, HiddenUnits, Lab];

    /// <summary>The studies of a preset, or null for a name that is none.</summary>
    internal static IReadOnlyList<StudyDesign>? Designs(string preset) => preset switch
    {
        OneTrial => [OneTrialDesign],
        LearningRate => [LearningRateDesign],
        HiddenUnits => [HiddenUnitsDesign],
        Lab => [OneTrialDesign, LearningRateDesign, HiddenUnitsDesign],
        _ => null,
    };
}

/// <summary>A grid under a name, before it has a data set.</summary>
internal sealed record StudyDesign(
    string Name, IReadOnlyList<double> LearningRates, IReadOnlyList<int> HiddenUnits, int Epochs);
