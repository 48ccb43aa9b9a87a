namespace MusicPipeline.Sweeps.Planning;

/// <summary>A grid under a name, before it has a data set.</summary>
internal sealed record StudyDesign(
    string Name, IReadOnlyList<double> LearningRates, IReadOnlyList<int> HiddenUnits, int Epochs);
