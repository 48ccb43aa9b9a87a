namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>The ways to say which values a hyper-parameter may take.</summary>
public enum RangeKind
{
    /// <summary>These values: <c>[64, 128]</c>.</summary>
    List,

    /// <summary>From one value to another in steps: <c>{"from": 64, "to": 256, "step": 64}</c>.</summary>
    Steps,

    /// <summary>Powers of two: <c>{"powersOfTwo": {"from": 4, "to": 1024}}</c>.</summary>
    PowersOfTwo,

    /// <summary>Any number: <c>{"uniform": {"from": 0, "to": 0.1}}</c>.</summary>
    Uniform,

    /// <summary>Any number, its logarithm uniform: <c>{"logUniform": {"from": 1e-4, "to": 0.1}}</c>.</summary>
    LogUniform,

    /// <summary>Any whole number: <c>{"integer": {"from": 8, "to": 64}}</c>.</summary>
    Integer,

    /// <summary>Any whole number, its logarithm uniform: <c>{"logInteger": {"from": 4, "to": 1024}}</c>.</summary>
    LogInteger,
}
