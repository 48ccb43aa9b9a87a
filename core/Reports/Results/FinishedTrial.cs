using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>A trial with its curves. A reused trial was on record before this sweep ran.</summary>
public sealed record FinishedTrial(TrialRecord Record, TrainingHistory History, bool Reused);
