using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicPipeline.Audio.Features;

/// <summary>
/// Power spectra of several windowed frames at once, one frame in each lane of a vector: no step of the transform
/// moves data between lanes, and what varies within a frame (window, twiddle factors, order of bins) is the same for all.
/// A real frame of N samples is transformed as N/2 complex numbers by radix-4 butterflies. Double precision costs a
/// third more time in all and keeps bins true that lie 80 dB and more below the loudest.
/// </summary>
internal sealed class FrameSpectra
{
    private readonly int _size;
    private readonly int _half;
    private readonly double[] _window;
    private readonly double[] _twiddles;
    private readonly double[] _splitting;
    private readonly int[] _order;
    private readonly Vector<double>[] _real;
    private readonly Vector<double>[] _imaginary;
    private readonly Vector<double>[] _power;

    /// <summary>Precomputes all tables.</summary>
    /// <param name="size">Samples of a frame, a power of two of at least 8.</param>
    public FrameSpectra(int size)
    {
        (_size, _half) = (size, size / 2);
        // The periodic Hann window of librosa and scipy.
        _window = [.. Enumerable.Range(0, size).Select(n => (0.5 - 0.5 * Math.Cos(2 * Math.PI * n / size)))];
        _twiddles = Twiddles(_half);
        _splitting = [.. Enumerable.Range(0, _half + 1).SelectMany(k => Root(k, size))];
        _order = Order(_half);
        _real = new Vector<double>[_half];
        _imaginary = new Vector<double>[_half];
        _power = new Vector<double>[_half + 1];
    }

    /// <summary>Frames transformed at once.</summary>
    public static int Lanes => Vector<double>.Count;

    /// <summary>Samples of a frame.</summary>
    public int Size => _size;

    /// <summary>Squared magnitudes: entry k holds bin k of every frame, one frame a lane.</summary>
    public ReadOnlySpan<Vector<double>> Power => _power;

    /// <summary>Transforms frames that begin a hop apart.</summary>
    /// <param name="samples">(Lanes - 1) x hop + size samples.</param>
    /// <param name="hop">Samples between the beginnings of two frames.</param>
    /// <param name="highestBin">Bins above are left as they are.</param>
    public void Transform(ReadOnlySpan<float> samples, int hop, int highestBin)
    {
        Load(samples, hop);
        Butterflies();
        Split(highestBin);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(ReadOnlySpan<float> samples, int hop)
    {
        // Even samples are real parts and odd ones imaginary parts. Writing runs through memory once, in order.
        var real = MemoryMarshal.Cast<Vector<double>, double>(_real.AsSpan());
        var imaginary = MemoryMarshal.Cast<Vector<double>, double>(_imaginary.AsSpan());
        var lanes = Lanes;
        for (int n = 0, at = 0; n < _window.Length - 1; n += 2)
        {
            var (even, odd) = (_window[n], _window[n + 1]);
            for (int lane = 0, sample = n; lane < lanes; lane++, at++, sample += hop)
            {
                real[at] = samples[sample] * even;
                imaginary[at] = samples[sample + 1] * odd;
            }
        }
    }

    /// <summary>Decimation in frequency, in place; the result is in the order of <see cref="_order"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Butterflies()
    {
        var (re, im, table) = (_real, _imaginary, _twiddles);
        var tableStart = 0;
        var length = _half;
        for (; length >= 4; tableStart += 6 * (length / 4), length /= 4)
        {
            var quarter = length / 4;
            for (var block = 0; block < _half; block += length)
            {
                for (var j = 0; j < quarter; j++)
                {
                    int a = block + j, b = a + quarter, c = b + quarter, d = c + quarter;
                    var w = table.AsSpan(tableStart + 6 * j, 6);
                    Vector<double> r0 = re[a] + re[c], i0 = im[a] + im[c], r1 = re[a] - re[c], i1 = im[a] - im[c];
                    Vector<double> r2 = re[b] + re[d], i2 = im[b] + im[d], r3 = im[b] - im[d], i3 = re[d] - re[b];
                    (re[a], im[a]) = (r0 + r2, i0 + i2);
                    Store(re, im, b, r1 + r3, i1 + i3, w[0], w[1]);
                    Store(re, im, c, r0 - r2, i0 - i2, w[2], w[3]);
                    Store(re, im, d, r1 - r3, i1 - i3, w[4], w[5]);
                }
            }
        }

        if (length == 2)
        {
            for (var a = 0; a < _half; a += 2)
            {
                (re[a], re[a + 1]) = (re[a] + re[a + 1], re[a] - re[a + 1]);
                (im[a], im[a + 1]) = (im[a] + im[a + 1], im[a] - im[a + 1]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector<double>[] re, Vector<double>[] im, int at, Vector<double> r, Vector<double> i, double cos, double sin)
    {
        var (c, s) = (new Vector<double>(cos), new Vector<double>(sin));
        re[at] = Vector.FusedMultiplyAdd(r, c, -(i * s));
        im[at] = Vector.FusedMultiplyAdd(r, s, i * c);
    }

    /// <summary>Separates the transforms of even and odd samples and joins them to the bins of the real frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Split(int highestBin)
    {
        for (var k = 0; k <= highestBin; k++)
        {
            int p = _order[k % _half], q = _order[(_half - k) % _half];
            Vector<double> evenRe = _real[p] + _real[q], evenIm = _imaginary[p] - _imaginary[q];
            Vector<double> oddRe = _imaginary[p] + _imaginary[q], oddIm = _real[q] - _real[p];
            var (c, s) = (new Vector<double>(_splitting[2 * k]), new Vector<double>(_splitting[2 * k + 1]));
            var re = evenRe + Vector.FusedMultiplyAdd(oddRe, c, -(oddIm * s));
            var im = evenIm + Vector.FusedMultiplyAdd(oddRe, s, oddIm * c);
            _power[k] = Vector.FusedMultiplyAdd(re, re, im * im) * 0.25;
        }
    }

    /// <summary>cos and sin of -2πk/n.</summary>
    private static double[] Root(long k, int n) =>
        [Math.Cos(-2 * Math.PI * k / n), Math.Sin(-2 * Math.PI * k / n)];

    private static double[] Twiddles(int size)
    {
        var table = new List<double>();
        for (var length = size; length >= 4; length /= 4)
        {
            for (var j = 0; j < length / 4; j++)
                table.AddRange([.. Root(j, length), .. Root(2 * j, length), .. Root(3 * j, length)]);
        }

        return [.. table];
    }

    /// <summary>Where each bin stands after the butterflies.</summary>
    private static int[] Order(int size)
    {
        var order = new int[size];
        Place(0, size, 0, 1);
        return order;

        void Place(int start, int length, int bin, int stride)
        {
            if (length == 1)
            {
                order[bin] = start;
                return;
            }

            var radix = length == 2 ? 2 : 4;
            for (var r = 0; r < radix; r++)
                Place(start + r * (length / radix), length / radix, bin + r * stride, stride * radix);
        }
    }
}
