using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace MusicPipeline.Sweeps.Search;

/// <summary>A parameter of a <see cref="Policy"/>, as the attributes of its property describe it.</summary>
/// <param name="Property">The property.</param>
public sealed record PolicyParameter(PropertyInfo Property)
{
    /// <summary>Its name in JSON and on the command line.</summary>
    public string Name => JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    /// <summary>Its type where it is given: int, double, an enumeration, or a policy.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>What it is, in a few words.</summary>
    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()!.Description;

    /// <summary>What counts where it is left out; null where that is nothing.</summary>
    public object? Default => Property.GetCustomAttribute<DefaultValueAttribute>()?.Value;

    /// <summary>Its least value; null where it has no bounds.</summary>
    public object? Lowest => Range?.Minimum;

    /// <summary>Its greatest value; null where there is none.</summary>
    public object? Highest => Range?.Maximum is double.MaxValue ? null : Range?.Maximum;

    private RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    /// <summary>The range that its value in a policy is outside of, in words; null where it is inside or not given.</summary>
    internal string? RangeOf(Policy policy) =>
        Range is not { } range || range.IsValid(Property.GetValue(policy)) ? null
            : Highest is null ? $"{Lowest} or more"
            : $"{Lowest} to {Highest}";
}
