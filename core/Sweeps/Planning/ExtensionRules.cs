using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What an extension of a sweep may say; what it cannot change is refused by name.</summary>
internal static class ExtensionRules
{
    private const string OtherSampler = "other sampler";

    // As JSON names them: that is what the person wrote.
    private static readonly string[] Kept = Names(
        nameof(SweepRequest.Dataset),
        nameof(SweepRequest.DatasetVersion),
        nameof(SweepRequest.Validation),
        nameof(SweepRequest.Baselines),
        nameof(SweepRequest.Objective),
        nameof(SweepRequest.RestoreBest),
        nameof(SweepRequest.Name),
        nameof(SweepRequest.Notes),
        nameof(SweepRequest.Tags));

    private static readonly string[] TakenWhereItLearns = Names(
        nameof(SweepRequest.Sampler),
        nameof(SweepRequest.Epochs),
        nameof(SweepRequest.Device),
        nameof(SweepRequest.MaxParallel),
        nameof(SweepRequest.Priority),
        nameof(SweepRequest.Pruner),
        nameof(SweepRequest.Stop));

    /// <exception cref="InputException">The extension names nothing, or what every sweep keeps.</exception>
    public static void Check(SweepRequest extension)
    {
        string[] named = [.. SweepExtensions.Properties(extension).Select(property => property.Key)];
        if (named.Length == 0)
            throw new InputException("the extension names nothing", "name more points, such as hiddenUnits, or more epochs");
        if (named.Intersect(Kept, StringComparer.Ordinal).ToArray() is not { Length: > 0 } kept) return;
        throw new InputException(
            $"an extension names {string.Join(", ", kept)}, and a sweep keeps its own",
            kept is ["baselines"]
                ? "start another sweep with them: it uses the trials on record"
                : "leave that out, or start another sweep")
        {
            Field = kept[0],
        };
    }

    /// <exception cref="InputException">An extension chooses points by results, in a sweep whose points do not depend on them.</exception>
    public static void CheckSampler(SweepRequest extension)
    {
        if (!extension.Learns) return;
        throw new InputException(
            "an extension names the sampler 'tpe', and the points of this sweep do not depend on its results",
            "start another sweep with that sampler: it learns from the trials on record")
        {
            Field = "sampler",
        };
    }

    /// <param name="extension">The extension of a sweep whose points depend on its results.</param>
    /// <param name="before">What the sweep was asked for so far.</param>
    /// <param name="after">The same with the extension.</param>
    /// <exception cref="InputException">It changes what the points so far were chosen by, or asks for less.</exception>
    public static void CheckLearning(SweepRequest extension, SweepRequest before, SweepRequest after)
    {
        var others = SweepExtensions.Properties(extension)
            .Select(property => property.Key)
            .Except(TakenWhereItLearns, StringComparer.Ordinal)
            .ToList();
        if (after.Sampler! with { Trials = before.Sampler!.Trials } != before.Sampler) others.Add(OtherSampler);
        if (others.Count > 0)
        {
            throw new InputException(
                "the points of this sweep depend on its results, and an extension of it names more trials of its sampler or more epochs, "
                + $"and no {string.Join(", ", others)}",
                "name those, with the sampler as it is, or start another sweep")
            {
                Field = others[0] == OtherSampler ? "sampler" : others[0],
            };
        }

        var epochs = before.Epochs ?? HyperParameter.Defaults.Epochs;
        if (after.Sampler!.Trials < before.Sampler!.Trials || (after.Epochs ?? epochs) < epochs)
            throw new InputException("the extension has fewer trials or epochs than the sweep", "give more");
        SweepRequestRules.Check(after);
    }

    /// <param name="trials">Trials that the sweep would have.</param>
    /// <param name="request">What it would be asked for.</param>
    /// <exception cref="InputException">They are too many.</exception>
    public static void CheckSize(long trials, SweepRequest request)
    {
        if (trials <= SweepRequestRules.MostTrials(request)) return;
        throw new InputException(
            $"the sweep would have {trials} trials and {SweepRequestRules.Kind(request)} takes at most "
            + $"{SweepRequestRules.MostTrials(request)}", "extend it by less");
    }

    /// <param name="document">A sweep that is to be extended by more trials, under the conditions that it has.</param>
    /// <exception cref="InputException">Those conditions have ended it, and would end it again before any of them ran.</exception>
    public static void CheckStop(SweepDocument document)
    {
        // Time, epochs and failures are counted from the start of each run.
        if (document.StopCause is not (StopCause.Accuracy or StopCause.Objective or StopCause.Trials)) return;
        throw new InputException(
            $"the stop condition '{JsonNamingPolicy.CamelCase.ConvertName($"{document.StopCause}")}' has ended the sweep '{document.Id}' "
            + "and would cancel what is added at once",
            "name new stop conditions in the extension",
            kind: InputErrorKind.Conflict);
    }

    private static string[] Names(params string[] properties) => [.. properties.Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
