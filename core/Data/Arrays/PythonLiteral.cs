using System.Text;
using MusicPipeline.Errors;

namespace MusicPipeline.Data.Arrays;

/// <summary>
/// Reads the subset of Python's literals that NumPy writes into headers: dictionaries with string keys, tuples, lists,
/// strings, integers (also Python 2's <c>3L</c>), <c>True</c>, <c>False</c> and <c>None</c>. Nothing is evaluated.
/// </summary>
/// <remarks>
/// Values are <see cref="Dictionary{TKey, TValue}"/>, <c>object?[]</c> (tuple), <c>List&lt;object?&gt;</c> (list),
/// <see cref="string"/>, <see cref="long"/>, <see cref="bool"/> and null.
/// </remarks>
internal ref struct PythonLiteral
{
    private const int MaxDepth = 16;
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private PythonLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads one literal that fills the text, spaces around it aside.</summary>
    /// <exception cref="InputException">The text is no such literal.</exception>
    public static object? Parse(ReadOnlySpan<char> text)
    {
        var parser = new PythonLiteral(text);
        var value = parser.Value(0);
        parser.SkipSpace();
        return parser._at == text.Length ? value : throw parser.Unexpected();
    }

    private object? Value(int depth)
    {
        if (depth > MaxDepth) throw Bad($"it nests more than {MaxDepth} levels deep");
        SkipSpace();
        switch (Peek())
        {
            case '{': return Dictionary(depth);
            case '(': return Tuple(depth);
            case '[':
                _at++;
                return Items(']', depth).Values;
            case '\'' or '"': return String();
            case '-' or (>= '0' and <= '9'): return Integer();
            default: return Word();
        }
    }

    private Dictionary<string, object?> Dictionary(int depth)
    {
        var result = new Dictionary<string, object?>();
        _at++;
        while (!Take('}'))
        {
            if (Peek() is not ('\'' or '"')) throw Unexpected();
            var key = String();
            if (!Take(':')) throw Unexpected();
            if (!result.TryAdd(key, Value(depth + 1))) throw Bad("a key occurs twice");
            if (!Take(',') && Peek() != '}') throw Unexpected();
        }

        return result;
    }

    // As in Python, (3) is the number 3 and only (3,) a tuple.
    private object? Tuple(int depth)
    {
        _at++;
        var (values, commas) = Items(')', depth);
        return values.Count == 1 && commas == 0 ? values[0] : values.ToArray();
    }

    private (List<object?> Values, int Commas) Items(char close, int depth)
    {
        var values = new List<object?>();
        var commas = 0;
        while (!Take(close))
        {
            values.Add(Value(depth + 1));
            if (Take(',')) commas++;
            else if (Peek() != close) throw Unexpected();
        }

        return (values, commas);
    }

    private string String()
    {
        var quote = _text[_at++];
        var result = new StringBuilder();
        while (Peek() != quote)
        {
            if (Peek() is '\n' or '\r') throw Unexpected();
            // Escapes occur in field names only, which are never used: the next character is kept as it is.
            if (Peek() == '\\') _at++;
            result.Append(Peek());
            _at++;
        }

        _at++;
        return result.ToString();
    }

    private object Integer()
    {
        var start = _at;
        if (Peek() == '-') _at++;
        var digits = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        if (_at == digits || (_text[digits] == '0' && _at - digits > 1)) throw Unexpected();
        if (!long.TryParse(_text[start.._at], out var value)) throw Bad("it holds a number of more than 63 bits");
        if (_at < _text.Length && _text[_at] == 'L') _at++;
        return value;
    }

    private object? Word()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at])) _at++;
        switch (_text[start.._at])
        {
            case "True": return true;
            case "False": return false;
            case "None": return null;
            default:
                _at = start;
                throw Unexpected();
        }
    }

    private bool Take(char expected)
    {
        SkipSpace();
        if (Peek() != expected) return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : throw Unexpected();

    private readonly InputException Unexpected()
    {
        if (_at >= _text.Length) return Bad("it ends too early");
        var found = _text[_at];
        var shown = char.IsControl(found) || char.IsSurrogate(found) ? $"U+{(int)found:X4}" : $"'{found}'";
        return Bad($"{shown} at character {_at + 1} is not expected there");
    }

    private static InputException Bad(string reason) =>
        new("the header is no Python dictionary as NumPy writes it: " + reason, "save the array again with numpy.save");
}
