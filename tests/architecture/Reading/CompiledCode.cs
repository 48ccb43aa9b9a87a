using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MusicPipeline.Architecture.Tests.Reading;

/// <summary>What an assembly of this repository uses, read from its metadata and instructions.</summary>
internal sealed class CompiledCode
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly TypeNames _names;

    private CompiledCode(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = new TypeNames(_metadata);
        Uses = [.. _metadata.TypeDefinitions.SelectMany(UsesOf)];
    }

    /// <summary>Every use of a type or member of another type.</summary>
    public IReadOnlyCollection<Use> Uses { get; }

    /// <summary>Simple names of the assemblies that it was compiled against.</summary>
    public IEnumerable<string> References =>
        _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name));

    /// <summary>Reads an assembly from the tests' own folder.</summary>
    public static CompiledCode Read(string assembly)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        return new CompiledCode(new PEReader([.. bytes]));
    }

    /// <summary>Static fields that can be assigned after start-up; caches of lambdas by the compiler are left out.</summary>
    public IEnumerable<string> MutableStatics() =>
        from typeHandle in _metadata.TypeDefinitions
        from handle in _metadata.GetTypeDefinition(typeHandle).GetFields()
        let field = _metadata.GetFieldDefinition(handle)
        let name = _metadata.GetString(field.Name)
        where field.Attributes.HasFlag(FieldAttributes.Static)
            && !field.Attributes.HasFlag(FieldAttributes.InitOnly)
            && !field.Attributes.HasFlag(FieldAttributes.Literal)
            && !name.StartsWith("<>", StringComparison.Ordinal)
            && !_metadata.GetString(_metadata.GetTypeDefinition(typeHandle).Name).StartsWith('<')
        select $"{_names.Of(typeHandle)}.{name}";

    private IEnumerable<Use> UsesOf(TypeDefinitionHandle handle)
    {
        var user = _names.Of(handle);
        var type = _metadata.GetTypeDefinition(handle);
        var signature = _names.Of(type.BaseType)
            .Union(type.GetInterfaceImplementations().SelectMany(i => _names.Of(_metadata.GetInterfaceImplementation(i).Interface)))
            .Union(type.GetFields().SelectMany(field => _metadata.GetFieldDefinition(field).DecodeSignature(_names, null)));
        return signature.Select(name => new Use(user, "", name, ""))
            .Concat(type.GetMethods().SelectMany(method => UsesOf(user, method)))
            .Where(use => use.Type != user)
            .Distinct();
    }

    private IEnumerable<Use> UsesOf(string user, MethodDefinitionHandle handle)
    {
        var method = _metadata.GetMethodDefinition(handle);
        var name = _metadata.GetString(method.Name);
        var signature = method.DecodeSignature(_names, null);
        foreach (var type in signature.ParameterTypes.Append(signature.ReturnType).SelectMany(types => types))
            yield return new Use(user, name, type, "");
        if (method.RelativeVirtualAddress == 0) yield break;

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            var locals = _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null);
            foreach (var type in locals.SelectMany(types => types)) yield return new Use(user, name, type, "");
        }

        foreach (var (type, member) in Instructions.Tokens(body.GetILBytes()!).SelectMany(MembersOf))
            yield return new Use(user, name, type, member);
    }

    private IEnumerable<(string Type, string Member)> MembersOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                var called = _metadata.GetString(member.Name);
                return _names.Of(member.Parent).Select(type => (type, called));
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return MembersOf(generic.Method)
                    .Concat(generic.DecodeSignature(_names, null).SelectMany(types => types).Select(type => (type, "")));
            case HandleKind.MethodDefinition:
                var own = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return [(_names.Of(own.GetDeclaringType()), _metadata.GetString(own.Name))];
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return [(_names.Of(field.GetDeclaringType()), _metadata.GetString(field.Name))];
            default:
                return _names.Of(handle).Select(type => (type, ""));
        }
    }
}
