namespace MusicPipeline.Sweeps.Search;

/// <summary>The pruners, or the samplers, that there are: one of each, without parameters. The first is the default.</summary>
/// <typeparam name="TPolicy">What they have in common.</typeparam>
/// <param name="all">All of them.</param>
public sealed class PolicyKinds<TPolicy>(params TPolicy[] all)
    where TPolicy : Policy
{
    /// <summary>What one of them is called, in a word.</summary>
    public string Role => Default.Role;

    /// <summary>What a request asks for that names none.</summary>
    public TPolicy Default => all[0];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => [.. all.Select(policy => policy.Kind)];

    /// <summary>Their parameters; one that several have is there for each of them.</summary>
    public IReadOnlyList<PolicyParameter> Parameters => [.. all.SelectMany(policy => policy.Parameters)];

    /// <summary>Their names with what they do, for help texts.</summary>
    public string Help => string.Join(", ", all.Select(policy => $"{policy.Kind} ({policy.Words})"));

    /// <summary>All of them.</summary>
    internal IReadOnlyList<TPolicy> All => all;

    /// <summary>The one of a name, in any case; null where there is none.</summary>
    internal TPolicy? Find(string name) => Array.Find(all, policy => string.Equals(policy.Kind, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Parameters of the others that one does not have.</summary>
    internal IEnumerable<PolicyParameter> ForeignTo(TPolicy policy) =>
        Parameters.ExceptBy(policy.Parameters.Select(own => own.Name), parameter => parameter.Name, StringComparer.Ordinal);
}
