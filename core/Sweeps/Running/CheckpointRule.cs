using MusicPipeline.Data;
using MusicPipeline.Training.Checkpoints;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Which trials write checkpoints, and how often.</summary>
/// <param name="Period">Least time from one checkpoint to the next.</param>
/// <param name="LeastWork">
/// Training rows x epochs x parameters from which on a trial is worth a checkpoint, and a look whether there is one.
/// </param>
public sealed record CheckpointRule(TimeSpan Period, double LeastWork)
{
    /// <summary>
    /// Every 30 s, for trials that a core trains for a second or more. Smaller ones, of which a sweep may have
    /// thousands, cost storage nothing.
    /// </summary>
    public static CheckpointRule Default { get; } = new(TimeSpan.FromSeconds(30), 3e9);

    /// <summary>Whether a trial has checkpoints.</summary>
    internal bool Covers(Trial trial, TrainingSplit split)
    {
        var parameters = (trial.Parameters.HiddenUnits * (split.Training.FeatureCount + split.Classes + 1L)) + split.Classes;
        return (double)parameters * split.Training.Rows * trial.Parameters.Epochs >= LeastWork
            && CheckpointFile.LengthOf(parameters) <= CheckpointFile.MaxLength / 2;
    }
}
