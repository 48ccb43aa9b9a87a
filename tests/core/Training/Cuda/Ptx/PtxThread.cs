namespace MusicPipeline.Tests.Training.Cuda.Ptx;

/// <summary>One thread of a group: its registers and where it stands.</summary>
internal sealed unsafe class PtxThread(PtxProgram program, byte* parameters)
{
    private readonly ulong[] _registers = new ulong[program.Slots];
    private readonly PtxInstruction[] _instructions = program.Instructions;
    private int _next;

    /// <summary>Whether it has returned.</summary>
    public bool Done { get; private set; }

    /// <summary>Puts the thread before its first instruction.</summary>
    public void Start(byte* shared, ReadOnlySpan<(int Slot, ulong Value)> special)
    {
        (_next, Done) = (0, false);
        foreach (var (slot, value) in program.Constants) _registers[slot] = value;
        foreach (var (slot, value) in special) _registers[slot] = value;
        foreach (var (slot, place) in program.SharedArrays) _registers[slot] = (ulong)(shared + place);
    }

    /// <summary>Runs up to the next barrier or the end.</summary>
    public void Run()
    {
        while (true)
        {
            var instruction = _instructions[_next++];
            if (instruction.Guard >= 0 && (_registers[instruction.Guard] != 0) != instruction.GuardValue) continue;
            switch (instruction.Operation)
            {
                case PtxOperation.Branch:
                    _next = instruction.Offset;
                    break;
                case PtxOperation.Barrier:
                    return;
                case PtxOperation.Return:
                    Done = true;
                    return;
                case PtxOperation.LoadParameter:
                    _registers[instruction.Target] = Read(parameters + instruction.Offset, instruction.Size);
                    break;
                case PtxOperation.Load:
                    Load(instruction);
                    break;
                case PtxOperation.Store:
                    Store(instruction);
                    break;
                default:
                    Compute(instruction);
                    break;
            }
        }
    }

    private static ulong Read(byte* address, int size) => size == 8 ? *(ulong*)address : *(uint*)address;

    private static float Float(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    // As ".ftz" says: subnormal numbers count as zero.
    private static float Flush(float value) => float.IsSubnormal(value) ? MathF.CopySign(0, value) : value;

    private byte* Address(PtxInstruction instruction)
    {
        var address = (byte*)_registers[instruction.Operands[^1]] + instruction.Offset;
        var size = instruction.Size * instruction.Width;
        if ((ulong)address % (ulong)size != 0)
            throw new InvalidOperationException($"{size} bytes at an address that is no multiple of it.");
        return address;
    }

    private void Load(PtxInstruction instruction)
    {
        var address = Address(instruction);
        for (var i = 0; i < instruction.Width; i++)
            _registers[instruction.Operands[i]] = Read(address + (i * instruction.Size), instruction.Size);
    }

    private void Store(PtxInstruction instruction)
    {
        var address = Address(instruction);
        var size = instruction.Size;
        for (var i = 0; i < instruction.Width; i++)
        {
            var value = _registers[instruction.Operands[i]];
            if (size == 8) *(ulong*)(address + (i * size)) = value;
            else *(uint*)(address + (i * size)) = (uint)value;
        }
    }

    private void Compute(PtxInstruction instruction)
    {
        var (name, a, b, c) = (
            instruction.Operation, _registers[instruction.First], _registers[instruction.Second], _registers[instruction.Third]);
        _registers[instruction.Target] = instruction.Type switch
        {
            PtxType.Float when name == PtxOperation.FusedMultiplyAdd => Bits(MathF.FusedMultiplyAdd(Float(a), Float(b), Float(c))),
            PtxType.Float when name == PtxOperation.Move => a,
            PtxType.Float when name == PtxOperation.FloatToDouble => BitConverter.DoubleToUInt64Bits(Float(a)),
            PtxType.Float => Compute(name, a, b, c, Float(a), Float(b)),
            PtxType.Double => Compute(name, a, BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b)),
            PtxType.Predicate => Logic(name, a, b),
            PtxType.Long => Long(name, (long)a, (long)b, (long)c),
            PtxType.Unsigned => Unsigned(name, (uint)a, (uint)b),
            _ => Integer(name, (int)a, (int)b, c),
        };
    }

    private static ulong Compute(PtxOperation name, ulong bits, ulong other, ulong choice, float a, float b) => name switch
    {
        PtxOperation.Add => Bits(a + b),
        PtxOperation.Subtract => Bits(a - b),
        PtxOperation.Multiply => Bits(a * b),
        PtxOperation.Negate => Bits(-a),
        PtxOperation.Reciprocal => Bits(Flush(1 / Flush(a))),
        PtxOperation.SquareRoot => Bits(MathF.Sqrt(Flush(a))),
        PtxOperation.Exp2 => Bits(Flush(MathF.Pow(2, Flush(a)))),
        PtxOperation.Log2 => Bits(MathF.Log2(Flush(a))),
        PtxOperation.Less => a < b ? 1u : 0,
        PtxOperation.LessOrEqual => a <= b ? 1u : 0,
        PtxOperation.Greater => a > b ? 1u : 0,
        PtxOperation.GreaterOrEqual => a >= b ? 1u : 0,
        PtxOperation.Equal => a == b ? 1u : 0,
        PtxOperation.NotEqual => a < b || a > b ? 1u : 0,
        PtxOperation.LessOrUnordered => !(a >= b) ? 1u : 0,
        PtxOperation.LessOrEqualOrUnordered => !(a > b) ? 1u : 0,
        PtxOperation.GreaterOrUnordered => !(a <= b) ? 1u : 0,
        PtxOperation.GreaterOrEqualOrUnordered => !(a < b) ? 1u : 0,
        PtxOperation.EqualOrUnordered => !(a < b || a > b) ? 1u : 0,
        PtxOperation.NotEqualOrUnordered => a != b ? 1u : 0,
        PtxOperation.Select => choice != 0 ? bits : other,
        _ => throw new NotSupportedException($"{name} of float32"),
    };

    private static ulong Compute(PtxOperation name, ulong bits, double a, double b) => name switch
    {
        PtxOperation.Move => bits,
        PtxOperation.Add => BitConverter.DoubleToUInt64Bits(a + b),
        _ => throw new NotSupportedException($"{name} of float64"),
    };

    private static ulong Logic(PtxOperation name, ulong a, ulong b) => name switch
    {
        PtxOperation.Move => a,
        PtxOperation.And => a & b,
        PtxOperation.Or => a | b,
        PtxOperation.Xor => a ^ b,
        PtxOperation.Not => a ^ 1,
        _ => throw new NotSupportedException($"{name} of predicates"),
    };

    private static ulong Long(PtxOperation name, long a, long b, long c) => (ulong)(name switch
    {
        PtxOperation.Move => a,
        PtxOperation.Add => a + b,
        PtxOperation.Multiply => a * b,
        PtxOperation.MultiplyAdd => (a * b) + c,
        PtxOperation.ShiftLeft => a << (int)b,
        _ => throw new NotSupportedException($"{name} of 64 bits"),
    });

    private static ulong Unsigned(PtxOperation name, uint a, uint b) => name switch
    {
        PtxOperation.MultiplyWide => (ulong)a * b,
        PtxOperation.Move => a,
        PtxOperation.Add => a + b,
        PtxOperation.Multiply => a * b,
        PtxOperation.ShiftRight => a >> (int)b,
        PtxOperation.Less => a < b ? 1u : 0,
        PtxOperation.LessOrEqual => a <= b ? 1u : 0,
        PtxOperation.Greater => a > b ? 1u : 0,
        PtxOperation.GreaterOrEqual => a >= b ? 1u : 0,
        PtxOperation.Equal => a == b ? 1u : 0,
        PtxOperation.NotEqual => a != b ? 1u : 0,
        _ => throw new NotSupportedException($"{name} of unsigned numbers"),
    };

    private static ulong Integer(PtxOperation name, int a, int b, ulong choice)
    {
        if (name == PtxOperation.Widen) return (ulong)(long)a;
        return (uint)(name switch
        {
            PtxOperation.Move => a,
            PtxOperation.Add => a + b,
            PtxOperation.Subtract => a - b,
            PtxOperation.Multiply => a * b,
            PtxOperation.Divide => a / b,
            PtxOperation.Remainder => a % b,
            PtxOperation.Negate => -a,
            PtxOperation.ShiftLeft => a << b,
            PtxOperation.ShiftRight => a >> b,
            PtxOperation.And => a & b,
            PtxOperation.Or => a | b,
            PtxOperation.Xor => a ^ b,
            PtxOperation.Select => choice != 0 ? a : b,
            PtxOperation.Less => a < b ? 1 : 0,
            PtxOperation.LessOrEqual => a <= b ? 1 : 0,
            PtxOperation.Greater => a > b ? 1 : 0,
            PtxOperation.GreaterOrEqual => a >= b ? 1 : 0,
            PtxOperation.Equal => a == b ? 1 : 0,
            PtxOperation.NotEqual => a != b ? 1 : 0,
            _ => throw new NotSupportedException($"{name} of 32 bits"),
        });
    }
}
