using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization;
using MusicPipeline.Errors;

namespace MusicPipeline.Sweeps.Search;

/// <summary>
/// A pruner or a sampler as a request says it: its name and its parameters, with their defaults and limits, and its rule.
/// JSON, the command line, their documentation and the checks all come from the record itself.
/// </summary>
/// <remarks>
/// A parameter is a nullable property with a <see cref="DescriptionAttribute"/>, where it has bounds a
/// <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>, and where it may be left out a
/// <see cref="DefaultValueAttribute"/>. What was left out stays null, since the JSON form is part of what a sweep's id is made of.
/// </remarks>
public abstract record Policy
{
    /// <summary>Highest value of parameters that count something.</summary>
    protected const int Most = 10_000;

    private protected Policy(string kind, string words) => (Kind, Words) = (kind, words);

    /// <summary>Its name.</summary>
    [JsonPropertyOrder(-2)]
    public string Kind { get; }

    /// <summary>What it does, in the few words that help texts have.</summary>
    internal string Words { get; }

    /// <summary>What kind of policy it is, in a word.</summary>
    internal abstract string Role { get; }

    /// <summary>Its parameters, in the order in which they are written.</summary>
    internal IReadOnlyList<PolicyParameter> Parameters =>
    [
        .. GetType().GetProperties()
            .Where(property => property.IsDefined(typeof(DescriptionAttribute)))
            .OrderBy(property => property.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0)
            .Select(property => new PolicyParameter(property)),
    ];

    /// <summary>Whether its parameters are in their ranges, and whatever else it asks of them.</summary>
    /// <exception cref="InputException">One is not.</exception>
    internal void Check() => Check(Role);

    /// <summary>The same of a policy that is not the request's own.</summary>
    /// <param name="field">The property that holds it.</param>
    /// <exception cref="InputException">One is not.</exception>
    internal virtual void Check(string field)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.RangeOf(this) is not { } broken) continue;
            throw new InputException(
                $"the {parameter.Name} {parameter.Property.GetValue(this)} of the {Role} '{Kind}' is out of range", $"give {broken}")
            {
                Field = $"{field}.{parameter.Name}",
            };
        }
    }

    /// <summary>The complaint about a parameter that it does not have.</summary>
    internal InputException Without(string parameter) => new($"the {Role} '{Kind}' has no {parameter}", "leave it out");
}
