using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Chooses points of a space. The same arguments always give the same point.</summary>
[JsonConverter(typeof(JsonForm))]
public abstract record Sampler : Policy
{
    private protected Sampler(string kind, string words)
        : base(kind, words)
    {
    }

    /// <summary>Those that there are.</summary>
    public static PolicyKinds<Sampler> Kinds { get; } = new(
        new GridSampler(),
        new RandomSampler(),
        new SobolSampler(),
        new TpeSampler());

    /// <summary>Points to choose; required of all but the grid, which has them all.</summary>
    [JsonPropertyOrder(-1), Description("Points to choose; required of all but the grid"), Range(1, Most)]
    public int? Trials { get; init; }

    /// <summary>Seed of the choice, not of the trials; 1 by default. The grid has none.</summary>
    [JsonPropertyOrder(-1), Description("Seed of the choice, not of the trials"), DefaultValue(1)]
    public int? Seed { get; init; }

    /// <summary>Whether points depend on results, so that they cannot be listed beforehand.</summary>
    internal virtual bool Learns => false;

    /// <summary>Whether points come in an order of their values, so that the first ones tell little about the rest.</summary>
    internal virtual bool IsOrdered => false;

    internal sealed override string Role => "sampler";

    /// <summary>A point to train.</summary>
    /// <param name="space">The space.</param>
    /// <param name="observations">
    /// What is known, in an order that stays; only a sampler that learns reads it. Points outside of the space are passed over.
    /// </param>
    /// <param name="index">Number of the point, from 0 on.</param>
    /// <returns>The point, or null where there are no more.</returns>
    public abstract HyperParameters? Next(SearchSpace space, IReadOnlyList<Observation> observations, int index);

    /// <summary>Whether it can choose from a space.</summary>
    /// <param name="space">What a request varies; null where it names lists alone.</param>
    /// <exception cref="InputException">It cannot, or a parameter is wrong.</exception>
    internal virtual void Check(SpaceRequest? space)
    {
        if (Trials is null)
            throw new InputException($"the sampler '{Kind}' needs a number of trials", $"give 1 to {Most}") { Field = $"{Role}.trials" };
        Check();
    }

    internal sealed class JsonForm() : PolicyJsonConverter<Sampler>(Kinds);
}
