using MusicPipeline.Data;

namespace MusicPipeline.Training;

/// <summary>Checks what a device is given, before it works with pointers.</summary>
internal static class TrainingArguments
{
    // Arrays hold no more than 2^31 elements, and matrices are padded to whole vectors.
    private const int MostParameters = 1 << 30;

    /// <exception cref="ArgumentException">Something does not fit; the message names it.</exception>
    public static void Check(TrainingSplit split, HyperParameters parameters)
    {
        if (parameters.HiddenUnits < 1 || parameters.Epochs < 1 || parameters.BatchSize < 1)
            throw new ArgumentException("Hidden units, epochs and batch size are 1 or more.", nameof(parameters));
        var widest = Math.Max(Math.Max(split.Training.FeatureCount, split.Classes), parameters.Layers > 1 ? parameters.HiddenUnits : 1);
        if ((long)parameters.HiddenUnits * widest > MostParameters)
        {
            throw new ArgumentException(
                $"{parameters.HiddenUnits} hidden units make a layer of more than {MostParameters} weights.", nameof(parameters));
        }

        if (!(parameters.LearningRate > 0) || !double.IsFinite(parameters.LearningRate))
            throw new ArgumentException(
                $"The learning rate is {parameters.LearningRate}; it must be a number above 0.", nameof(parameters));
        if (!(parameters.WeightDecay >= 0) || !double.IsFinite(parameters.WeightDecay))
            throw new ArgumentException(
                $"The weight decay is {parameters.WeightDecay}; it must be 0 or a number above it.", nameof(parameters));
        if (parameters.Layers is < 1 or > HyperParameters.MostLayers)
        {
            throw new ArgumentException(
                $"There are {parameters.Layers} hidden layers; there may be 1 to {HyperParameters.MostLayers}.", nameof(parameters));
        }

        if (parameters.Dropout is not (>= 0 and <= HyperParameters.MostDropout))
        {
            throw new ArgumentException(
                $"The dropout is {parameters.Dropout}; it must be 0 to {HyperParameters.MostDropout}.", nameof(parameters));
        }

        if (parameters.LabelSmoothing is not (>= 0 and <= HyperParameters.MostLabelSmoothing))
        {
            throw new ArgumentException(
                $"The label smoothing is {parameters.LabelSmoothing}; it must be 0 to {HyperParameters.MostLabelSmoothing}.",
                nameof(parameters));
        }

        if (!Enum.IsDefined(parameters.Schedule)
            || !Enum.IsDefined(parameters.Activation)
            || !Enum.IsDefined(parameters.ClassWeights)
            || !Enum.IsDefined(parameters.Optimizer)
            || (parameters.RestoreBest is { } objective && !Enum.IsDefined(objective)))
        {
            throw new ArgumentException("A word among the hyper-parameters is none that there is.", nameof(parameters));
        }

        Check(split.Training, split.Classes, nameof(split.Training));
        Check(split.Validation, split.Classes, nameof(split.Validation));
        if (split.Validation.FeatureCount != split.Training.FeatureCount)
        {
            throw new ArgumentException(
                $"The validation rows have {split.Validation.FeatureCount} features, the training rows {split.Training.FeatureCount}.",
                nameof(split));
        }
    }

    /// <exception cref="ArgumentException">A member goes on from one that it is not the longer one of.</exception>
    public static void Check(IReadOnlyList<PackMember> members)
    {
        for (var position = 0; position < members.Count; position++)
        {
            if (members[position] is not { After: { } after, Parameters: var parameters }) continue;
            if ((uint)after >= (uint)position
                || parameters.Schedule != LearningRateSchedule.Constant
                || members[after].Parameters.Epochs >= parameters.Epochs
                || members[after].Parameters with { Epochs = parameters.Epochs } != parameters
                || members.Count(other => other.After == after) > 1)
            {
                throw new ArgumentException($"Member {position} of the pack cannot go on from the end of {after}.", nameof(members));
            }
        }
    }

    /// <exception cref="ArgumentException">Something does not fit; the message names it.</exception>
    public static void Check(LabelledRows rows, int classes, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.FeatureCount, 1, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1, name);
        if (rows.Features.Length != (long)rows.Rows * rows.FeatureCount)
        {
            throw new ArgumentException(
                $"{name}: {rows.Rows} rows of {rows.FeatureCount} features are not {rows.Features.Length} numbers.", name);
        }

        foreach (var label in rows.Labels)
        {
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"{name}: the label {label} is none of the {classes} classes.", name);
        }
    }
}
