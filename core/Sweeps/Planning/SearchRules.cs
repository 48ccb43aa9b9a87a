using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What a sweep request may say about its sampler, its pruner and when it stops.</summary>
internal static class SearchRules
{
    public static void Check(SweepRequest request)
    {
        var sampler = request.Sampler ?? Sampler.Kinds.Default;
        Require(
            request.Sampler is null || request.Space is not null || request.LearningRates is not null || request.HiddenUnits is not null,
            $"the sampler '{sampler.Kind}' has no space to choose from",
            "give a space, such as {\"learningRate\": {\"logUniform\": {\"from\": 0.0001, \"to\": 0.1}}}",
            "sampler");
        sampler.Check(request.Space);
        request.Pruner?.Check();
        if (request.Stop is { } stop) CheckStop(stop);
        Require(
            request.Stop?.Accuracy is null || request.ComparedBy == Objective.Accuracy,
            $"the sweep compares its trials by {request.ComparedBy.Words()}, and its stop conditions name an accuracy",
            "say at instead, a figure of the objective",
            "stop.accuracy");
    }

    private static void CheckStop(StopRequest stop)
    {
        Require(
            stop != new StopRequest(),
            "the stop conditions are empty",
            "give accuracy, trials, epochs, seconds or failures, or leave them out",
            "stop");
        Require(
            stop.At is null || double.IsFinite(stop.At.Value),
            $"the stop figure {stop.At} is out of range",
            "give a number",
            "stop.at");
        Require(
            stop.Accuracy is not (<= 0 or > 1 or double.NaN),
            $"the stop accuracy {stop.Accuracy} is out of range",
            "give a share above 0 and at most 1, such as 0.99",
            "stop.accuracy");
        Require(stop.Trials is not < 1, $"the stop trials {stop.Trials} are out of range", "give 1 or more", "stop.trials");
        Require(stop.Epochs is not < 1, $"the stop epochs {stop.Epochs} are out of range", "give 1 or more", "stop.epochs");
        Require(
            stop.Seconds is not (<= 0 or double.NaN),
            $"the stop seconds {stop.Seconds} are out of range",
            "give a number above 0",
            "stop.seconds");
        Require(stop.Failures is not < 1, $"the stop failures {stop.Failures} are out of range", "give 1 or more", "stop.failures");
    }

    private static void Require(bool holds, string problem, string remedy, string field) =>
        SweepRequestRules.Require(holds, problem, remedy, field);
}
