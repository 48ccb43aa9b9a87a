using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>The entry point of a piece of PTX, taken apart. What it does not know makes it throw.</summary>
internal sealed partial class PtxProgram
{
    private static readonly Dictionary<string, PtxOperation> Names = new(StringComparer.Ordinal)
    {
        ["mov"] = PtxOperation.Move, ["cvta.to.global"] = PtxOperation.Move,
        ["add"] = PtxOperation.Add, ["sub"] = PtxOperation.Subtract, ["mul"] = PtxOperation.Multiply, ["mul.lo"] = PtxOperation.Multiply,
        ["mul.wide"] = PtxOperation.MultiplyWide, ["mad.lo"] = PtxOperation.MultiplyAdd, ["fma.rn"] = PtxOperation.FusedMultiplyAdd,
        ["div"] = PtxOperation.Divide, ["rem"] = PtxOperation.Remainder, ["neg"] = PtxOperation.Negate,
        ["rcp.approx.ftz"] = PtxOperation.Reciprocal, ["sqrt.approx.ftz"] = PtxOperation.SquareRoot,
        ["ex2.approx.ftz"] = PtxOperation.Exp2, ["lg2.approx.ftz"] = PtxOperation.Log2,
        ["shl"] = PtxOperation.ShiftLeft, ["shr"] = PtxOperation.ShiftRight, ["and"] = PtxOperation.And, ["or"] = PtxOperation.Or,
        ["xor"] = PtxOperation.Xor, ["not"] = PtxOperation.Not, ["cvt.s64"] = PtxOperation.Widen, ["cvt.f64"] = PtxOperation.FloatToDouble,
        ["setp.lt"] = PtxOperation.Less, ["setp.le"] = PtxOperation.LessOrEqual, ["setp.gt"] = PtxOperation.Greater,
        ["setp.ge"] = PtxOperation.GreaterOrEqual, ["setp.eq"] = PtxOperation.Equal, ["setp.ne"] = PtxOperation.NotEqual,
        ["setp.ltu"] = PtxOperation.LessOrUnordered, ["setp.leu"] = PtxOperation.LessOrEqualOrUnordered,
        ["setp.gtu"] = PtxOperation.GreaterOrUnordered, ["setp.geu"] = PtxOperation.GreaterOrEqualOrUnordered,
        ["setp.equ"] = PtxOperation.EqualOrUnordered, ["setp.neu"] = PtxOperation.NotEqualOrUnordered,
        ["setp.lo"] = PtxOperation.Less, ["setp.ls"] = PtxOperation.LessOrEqual, ["setp.hi"] = PtxOperation.Greater,
        ["setp.hs"] = PtxOperation.GreaterOrEqual,
        ["selp"] = PtxOperation.Select, ["ld.param"] = PtxOperation.LoadParameter,
        ["ld.global"] = PtxOperation.Load, ["ld"] = PtxOperation.Load, ["st"] = PtxOperation.Store, ["ld.shared"] = PtxOperation.Load,
        ["st.global"] = PtxOperation.Store, ["st.shared"] = PtxOperation.Store,
        ["bra"] = PtxOperation.Branch, ["bar"] = PtxOperation.Barrier, ["ret"] = PtxOperation.Return,
    };

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly List<(int Slot, ulong Value)> _constants = [];

    public PtxProgram(string ptx)
    {
        foreach (var special in (string[])["%tid.x", "%ctaid.x", "%ctaid.y", "%ctaid.z"]) Slot(special);
        var body = ptx[ptx.IndexOf(".entry", StringComparison.Ordinal)..];
        body = body[body.IndexOf('{', StringComparison.Ordinal)..body.LastIndexOf('}')];
        foreach (Match array in SharedArray().Matches(body))
        {
            var alignment = int.Parse(array.Groups["alignment"].Value, CultureInfo.InvariantCulture);
            SharedBytes = (SharedBytes + alignment - 1) / alignment * alignment;
            SharedArrays.Add((Slot(array.Groups["name"].Value), SharedBytes));
            SharedBytes += int.Parse(array.Groups["length"].Value, CultureInfo.InvariantCulture);
        }

        var lines = body.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 1 && line[0] is not '.').ToArray();
        var count = 0;
        foreach (var line in lines)
        {
            if (line[^1] == ':') _labels[line[..^1]] = count;
            else count++;
        }

        Instructions = [.. lines.Where(line => line[^1] != ':').Select(Parse)];
    }

    public PtxInstruction[] Instructions { get; }

    /// <summary>Shared memory of a group.</summary>
    public int SharedBytes { get; }

    /// <summary>Slots of the addresses of shared arrays, with the arrays' places.</summary>
    public List<(int Slot, int Place)> SharedArrays { get; } = [];

    /// <summary>Registers of a thread, constants included.</summary>
    public int Slots => _slots.Count;

    public IReadOnlyList<(int Slot, ulong Value)> Constants => _constants;

    /// <summary>The slot of a register such as <c>%tid.x</c>.</summary>
    public int Slot(string name)
    {
        if (_slots.TryGetValue(name, out var slot)) return slot;
        _slots[name] = slot = _slots.Count;
        if (char.IsAsciiDigit(name[0]) || name[0] == '-') _constants.Add((slot, Constant(name)));
        return slot;
    }

    private static ulong Constant(string text)
    {
        if (text.StartsWith("0f", StringComparison.Ordinal) || text.StartsWith("0d", StringComparison.Ordinal))
            return ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ulong)long.Parse(text, CultureInfo.InvariantCulture);
    }

    private PtxInstruction Parse(string line)
    {
        var parts = Line().Match(line);
        if (!parts.Success) throw new NotSupportedException(line);
        var suffixes = parts.Groups["name"].Value.Split('.').ToList();
        suffixes.Remove("uni");
        var width = suffixes.Remove("v4") ? 4 : suffixes.Remove("v2") ? 2 : 1;
        var type = suffixes.Count > 1 ? suffixes[^1] : "";
        var name = suffixes.Count > 1 ? string.Join('.', suffixes[..^1]) : suffixes[0];
        if (!Names.TryGetValue(name, out var operation)) throw new NotSupportedException(line);
        var guard = parts.Groups["guard"].Value;
        var text = parts.Groups["operands"].Value;
        var offset = 0;
        if (operation == PtxOperation.Branch)
        {
            offset = _labels[text];
            text = "";
        }
        else if (operation is PtxOperation.Load or PtxOperation.Store or PtxOperation.LoadParameter)
        {
            var address = Address().Match(text);
            offset = address.Groups["offset"].Success ? int.Parse(address.Groups["offset"].Value, CultureInfo.InvariantCulture) : 0;
            var where = operation == PtxOperation.LoadParameter ? "" : address.Groups["base"].Value;
            text = text.Remove(address.Index, address.Length);
            text = $"{text},{where}";
        }

        int[] operands = [.. text.Split([',', '{', '}', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Slot)];
        return new PtxInstruction(operation, type, operands)
        {
            Width = width,
            Offset = offset,
            Guard = guard.Length == 0 ? -1 : Slot(guard.TrimStart('!')),
            GuardValue = !guard.StartsWith('!'),
        };
    }

    [GeneratedRegex(@"^(?:@(?<guard>!?%p\d+)\s+)?(?<name>[a-z0-9.]+)\s*(?<operands>[^;]*);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"\[(?<base>[%\w]+)(?:\+(?<offset>\d+))?\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\.shared \.align (?<alignment>\d+) \.b8 (?<name>\w+)\[(?<length>\d+)\];", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SharedArray();
}
