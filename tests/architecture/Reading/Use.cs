namespace MusicPipeline.Architecture.Tests.Reading;

/// <summary>One type's use of a type or a member, as the compiler wrote it down.</summary>
/// <param name="User">Full name of the outermost type that the code was written in.</param>
/// <param name="Method">Method that holds the use; empty for signatures and bases.</param>
/// <param name="Type">Full name of the type that is used.</param>
/// <param name="Member">Name of the member that is used; empty for the type alone.</param>
internal sealed record Use(string User, string Method, string Type, string Member)
{
    public string UserNamespace => NamespaceOf(User);

    public string Namespace => NamespaceOf(Type);

    public override string ToString() => $"{User} uses {Type}{(Member.Length > 0 ? "." + Member : "")}";

    private static string NamespaceOf(string type) => type.LastIndexOf('.') is > 0 and var dot ? type[..dot] : "";
}
