namespace MusicPipeline.Errors;

/// <summary>What kind of mistake an <see cref="InputException"/> reports; HTTP hosts map it to a status code.</summary>
public enum InputErrorKind
{
    /// <summary>The input itself is wrong (400).</summary>
    Invalid,

    /// <summary>The input names something that is not there (404).</summary>
    NotFound,

    /// <summary>The request comes from where none is taken from (403).</summary>
    Forbidden,

    /// <summary>The request does not fit the present state (409).</summary>
    Conflict,

    /// <summary>The body is of a type that is not read here (415).</summary>
    UnsupportedType,

    /// <summary>The input is larger than the pipeline takes (413).</summary>
    TooLarge,

    /// <summary>An idempotency key was sent again with another request (422).</summary>
    KeyReused,
}
