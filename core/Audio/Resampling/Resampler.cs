using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Resampling;

/// <summary>
/// Band-limited change of the sample rate between any two rates, block by block. Output n stands for the time n / rate;
/// beyond its ends the recording counts as silent.
/// </summary>
public sealed class Resampler : IMonoSource
{
    private const int BlockSamples = 16 * 1024;
    private readonly IMonoSource _source;
    private readonly FilterBank _bank;
    private readonly float[] _input;
    private long _inputStart;
    private int _inputCount;
    private long _next;

    private Resampler(IMonoSource source, double rate)
    {
        _source = source;
        SampleRate = rate;
        _bank = new FilterBank(source.SampleRate, rate);
        Length = (long)Math.Ceiling(source.Length * (rate / source.SampleRate));
        _input = new float[_bank.Taps + BlockSamples];
        _inputStart = -_bank.Before;
        _inputCount = _bank.Before;
    }

    /// <inheritdoc/>
    public double SampleRate { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>The source at another rate; the source itself where it has that rate already.</summary>
    /// <param name="source">Mono samples; read by the result from now on.</param>
    /// <param name="rate">Samples per second of the result, 1 to 10,000,000 Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static IMonoSource To(IMonoSource source, double rate)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!(rate is >= 1 and <= 10_000_000))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is 1 to 10,000,000 Hz.");
        return source.SampleRate == rate ? source : new Resampler(source, rate);
    }

    /// <inheritdoc/>
    public int Read(Span<float> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - _next);
        for (var written = 0; written < count;)
        {
            var made = _bank.Exact ? MakeExact(buffer[written..count]) : MakeInterpolated(buffer[written..count]);
            written += made;
            _next += made;
            if (made == 0) Advance();
        }

        return count;
    }

    /// <summary>Drops inputs that are behind the next output and reads more; silence after the end.</summary>
    private void Advance()
    {
        var first = FirstInput(_next, out _);
        var drop = (int)Math.Clamp(first - _inputStart, 0, _inputCount);
        _input.AsSpan(drop, _inputCount - drop).CopyTo(_input);
        _inputStart += drop;
        _inputCount -= drop;
        var free = _input.AsSpan(_inputCount);
        var read = _source.Read(free);
        free[read..].Clear();
        _inputCount = _input.Length;
    }

    /// <summary>The first input under the filter of an output, and how far behind an input the output lies.</summary>
    private long FirstInput(long output, out double fraction)
    {
        if (_bank.Exact)
        {
            var (index, phase) = Math.DivRem(output * _bank.Down, _bank.Up);
            fraction = phase;
            return index - _bank.Before;
        }

        var position = output * _bank.Step;
        var whole = Math.Floor(position);
        fraction = (position - whole) * _bank.Phases;
        return (long)whole - _bank.Before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int MakeExact(Span<float> output)
    {
        var at = FirstInput(_next, out var fraction) - _inputStart;
        var phase = (int)fraction;
        var (wholeStep, phaseStep) = Math.DivRem(_bank.Down, _bank.Up);
        var last = _inputCount - _bank.Taps;
        var made = 0;
        for (; made < output.Length && at <= last; made++)
        {
            output[made] = Dot(_input.AsSpan((int)at, _bank.Taps), _bank.Row(phase));
            at += wholeStep;
            phase += phaseStep;
            if (phase < _bank.Up) continue;
            phase -= _bank.Up;
            at++;
        }

        return made;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int MakeInterpolated(Span<float> output)
    {
        var made = 0;
        for (; made < output.Length; made++)
        {
            var at = FirstInput(_next + made, out var fraction) - _inputStart;
            if (at > _inputCount - _bank.Taps) break;
            var input = _input.AsSpan((int)at, _bank.Taps);
            var phase = Math.Min((int)fraction, _bank.Phases - 1);
            output[made] = Dot(input, _bank.Row(phase), _bank.Row(phase + 1), (float)(fraction - phase));
        }

        return made;
    }

    /// <summary>Sum of products; the length is a multiple of <see cref="FilterBank.TapGranularity"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> taps)
    {
        ref var x = ref MemoryMarshal.GetReference(samples);
        ref var h = ref MemoryMarshal.GetReference(taps);
        var width = (nuint)Vector<float>.Count;
        var count = (nuint)Math.Min(samples.Length, taps.Length);
        Vector<float> a = default, b = default;
        for (nuint i = 0; i < count; i += 2 * width)
        {
            a = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref x, i), Vector.LoadUnsafe(ref h, i), a);
            b = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref x, i + width), Vector.LoadUnsafe(ref h, i + width), b);
        }

        return Vector.Sum(a + b);
    }

    /// <summary>The same with coefficients between two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, float fraction)
    {
        ref var x = ref MemoryMarshal.GetReference(samples);
        ref var h = ref MemoryMarshal.GetReference(lower);
        ref var k = ref MemoryMarshal.GetReference(upper);
        var width = (nuint)Vector<float>.Count;
        var count = (nuint)Math.Min(samples.Length, Math.Min(lower.Length, upper.Length));
        Vector<float> a = default, b = default;
        for (nuint i = 0; i < count; i += width)
        {
            var values = Vector.LoadUnsafe(ref x, i);
            a = Vector.FusedMultiplyAdd(values, Vector.LoadUnsafe(ref h, i), a);
            b = Vector.FusedMultiplyAdd(values, Vector.LoadUnsafe(ref k, i), b);
        }

        return Vector.Sum(Vector.FusedMultiplyAdd(b - a, new Vector<float>(fraction), a));
    }
}
