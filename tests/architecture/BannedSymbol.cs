using MusicPipeline.Architecture.Tests.Reading;

namespace MusicPipeline.Architecture.Tests;

/// <summary>A line of <c>BannedSymbols.txt</c>: a namespace, a type, or a member with all its overloads.</summary>
internal sealed record BannedSymbol(char Kind, string Type, string Member)
{
    public static BannedSymbol Parse(string line)
    {
        var name = line[2..].Split(';', 2)[0].Split('(', 2)[0].Trim();
        if (line[0] is 'N' or 'T') return new BannedSymbol(line[0], name, "");
        var dot = name.LastIndexOf('.');
        return new BannedSymbol(line[0], name[..dot], name[(dot + 1)..].Split("``", 2)[0].Replace('#', '.'));
    }

    public bool Matches(Use use) => Kind switch
    {
        'N' => use.Namespace == Type || use.Namespace.StartsWith(Type + ".", StringComparison.Ordinal),
        'T' => use.Type == Type,
        'P' => use.Type == Type && use.Member == "get_" + Member,
        _ => use.Type == Type && use.Member == Member,
    };
}
