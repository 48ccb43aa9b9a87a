using System.Runtime.CompilerServices;

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
            switch (instruction.Name)
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
                    _registers[instruction.Operands[0]] = Read(parameters + instruction.Offset, instruction.Type);
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

    private static int SizeOf(string type) => type[1..] == "64" ? 8 : 4;

    private static ulong Read(byte* address, string type) => SizeOf(type) == 8 ? *(ulong*)address : *(uint*)address;

    private static float Float(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    // As ".ftz" says: subnormal numbers count as zero.
    private static float Flush(float value) => float.IsSubnormal(value) ? MathF.CopySign(0, value) : value;

    private byte* Address(PtxInstruction instruction)
    {
        var address = (byte*)_registers[instruction.Operands[^1]] + instruction.Offset;
        var size = SizeOf(instruction.Type) * instruction.Width;
        if ((ulong)address % (ulong)size != 0) throw new InvalidOperationException($"{size} bytes at an address that is no multiple of it.");
        return address;
    }

    private void Load(PtxInstruction instruction)
    {
        var address = Address(instruction);
        for (var i = 0; i < instruction.Width; i++)
            _registers[instruction.Operands[i]] = Read(address + (i * SizeOf(instruction.Type)), instruction.Type);
    }

    private void Store(PtxInstruction instruction)
    {
        var address = Address(instruction);
        var size = SizeOf(instruction.Type);
        for (var i = 0; i < instruction.Width; i++)
        {
            var value = _registers[instruction.Operands[i]];
            if (size == 8) *(ulong*)(address + (i * size)) = value;
            else *(uint*)(address + (i * size)) = (uint)value;
        }
    }

    private void Compute(PtxInstruction instruction)
    {
        var operands = instruction.Operands;
        var a = _registers[operands[1]];
        var b = operands.Length > 2 ? _registers[operands[2]] : 0;
        var c = operands.Length > 3 ? _registers[operands[3]] : 0;
        _registers[operands[0]] = instruction.Type switch
        {
            "f32" when instruction.Name == PtxOperation.FloatToDouble => BitConverter.DoubleToUInt64Bits(Float(a)),
            "f32" => Compute(instruction.Name, a, b, c, Float(a), Float(b), Float(c)),
            "f64" => Compute(instruction.Name, a, BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b)),
            "pred" => Logic(instruction.Name, a, b),
            "s64" or "u64" or "b64" => Long(instruction.Name, (long)a, (long)b, (long)c),
            _ => Integer(instruction, (int)a, (int)b, (uint)a, (uint)b, c),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Compute(PtxOperation name, ulong bits, ulong other, ulong choice, float a, float b, float c) => name switch
    {
        PtxOperation.Move => bits,
        PtxOperation.Add => Bits(a + b),
        PtxOperation.Subtract => Bits(a - b),
        PtxOperation.Multiply => Bits(a * b),
        PtxOperation.FusedMultiplyAdd => Bits(MathF.FusedMultiplyAdd(a, b, c)),
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
        _ => throw new NotSupportedException($"{name} of 64 bits"),
    });

    private static ulong Integer(PtxInstruction instruction, int a, int b, uint unsignedA, uint unsignedB, ulong choice)
    {
        if (instruction.Name == PtxOperation.MultiplyWide) return instruction.Type == "u32" ? (ulong)unsignedA * unsignedB : (ulong)((long)a * b);
        if (instruction.Name == PtxOperation.Widen) return (ulong)(long)a;
        if (instruction.Type == "u32" && instruction.Name is not (PtxOperation.Equal or PtxOperation.NotEqual or PtxOperation.Add))
            throw new NotSupportedException($"{instruction.Name} of unsigned numbers");
        return (uint)(instruction.Name switch
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
            PtxOperation.Select => choice != 0 ? a : b,
            PtxOperation.Less => a < b ? 1 : 0,
            PtxOperation.LessOrEqual => a <= b ? 1 : 0,
            PtxOperation.Greater => a > b ? 1 : 0,
            PtxOperation.GreaterOrEqual => a >= b ? 1 : 0,
            PtxOperation.Equal => a == b ? 1 : 0,
            PtxOperation.NotEqual => a != b ? 1 : 0,
            _ => throw new NotSupportedException($"{instruction.Name} of 32 bits"),
        });
    }
}
