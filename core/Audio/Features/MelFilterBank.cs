using System.Numerics;

namespace MusicPipeline.Audio.Features;

/// <summary>
/// Triangular filters of equal area over the bins of a power spectrum: <c>librosa.filters.mel(norm="slaney")</c>.
/// Only the weights that are not zero are kept.
/// </summary>
internal sealed class MelFilterBank
{
    private readonly double[][] _weights;
    private readonly int[] _firstBins;
    private readonly int _bins;

    /// <summary>Designs the filters in double precision.</summary>
    /// <param name="sampleRate">Of the analysed samples, in Hz.</param>
    /// <param name="options">Bands, frame length and edges.</param>
    public MelFilterBank(double sampleRate, MelOptions options)
    {
        var edges = MelScale.Frequencies(options.Bands, options.MinFrequency, options.MaxFrequency);
        _bins = options.FrameLength / 2 + 1;
        _weights = new double[options.Bands][];
        _firstBins = new int[options.Bands];
        for (var band = 0; band < options.Bands; band++)
        {
            var (low, centre, high) = (edges[band], edges[band + 1], edges[band + 2]);
            // A bin more on either side, in case the division rounds.
            var from = Math.Max(0, (int)(low * options.FrameLength / sampleRate) - 1);
            var to = Math.Min(_bins - 1, (int)(high * options.FrameLength / sampleRate) + 2);
            var weights = new double[Math.Max(0, to - from + 1)];
            for (var i = 0; i < weights.Length; i++)
            {
                var f = (from + i) * sampleRate / options.FrameLength;
                weights[i] = Math.Max(0, Math.Min((f - low) / (centre - low), (high - f) / (high - centre))) * 2 / (high - low);
            }

            var first = Array.FindIndex(weights, w => w > 0);
            var last = Array.FindLastIndex(weights, w => w > 0);
            if (first < 0)
            {
                _weights[band] = [];
                continue;
            }

            _firstBins[band] = from + first;
            _weights[band] = weights[first..(last + 1)];
            HighestBin = Math.Max(HighestBin, from + last);
        }
    }

    /// <summary>Mel bands.</summary>
    public int Bands => _weights.Length;

    /// <summary>Highest bin that any filter looks at; those above need not be computed.</summary>
    public int HighestBin { get; }

    /// <summary>The lowest bin of a band's filter.</summary>
    public int FirstBin(int band) => _firstBins[band];

    /// <summary>The weights of a band's filter from its lowest bin on; empty above half of the rate.</summary>
    public ReadOnlySpan<double> Weights(int band) => _weights[band];

    /// <summary>The weights as a matrix, bins x bands, row-major.</summary>
    public double[] ToMatrix()
    {
        var matrix = new double[_bins * Bands];
        for (var band = 0; band < Bands; band++)
        {
            for (var i = 0; i < _weights[band].Length; i++) matrix[((_firstBins[band] + i) * Bands) + band] = _weights[band][i];
        }

        return matrix;
    }

    /// <summary>Sums a group of spectra into bands.</summary>
    /// <param name="power">Entry k holds bin k of every frame, one frame a lane; see <see cref="Stft.Power"/>.</param>
    /// <param name="values">Bands x frames, row-major, into which the group's columns are written.</param>
    /// <param name="frames">Columns in all.</param>
    /// <param name="first">The group's first column.</param>
    /// <param name="count">Its columns, at most as many as there are lanes.</param>
    public void Apply(ReadOnlySpan<Vector<double>> power, Span<float> values, int frames, int first, int count)
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (var band = 0; band < Bands; band++)
        {
            var weights = Weights(band);
            var bins = power.Slice(FirstBin(band), weights.Length);
            var sum = Vector<double>.Zero;
            for (var i = 0; i < bins.Length; i++)
                sum = Vector.FusedMultiplyAdd(bins[i], new Vector<double>(weights[i]), sum);
            sum.CopyTo(lanes);
            var row = values.Slice(band * frames + first, count);
            for (var i = 0; i < row.Length; i++) row[i] = (float)lanes[i];
        }
    }
}
