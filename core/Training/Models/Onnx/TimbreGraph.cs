using MusicPipeline.Notes;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>
/// The part of a note's graph that describes it by envelope, harmonics and pitch: from mel power and powers of bins (frames x bands, frames
/// x bins, of the frames that count) to the inputs of the network.
/// </summary>
internal static class TimbreGraph
{
    // Bins around a harmonic at most: 3 to either side of it, and one for rounding.
    private const int Around = 8;
    private const double Tiny = 1e-300;

    /// <summary>Adds the constants.</summary>
    public static void AddConstants(GraphProto graph, NoteTransform transform, TimbreTransform timbre)
    {
        var size = transform.FrameLength;
        var hertz = timbre.SampleRate / size;
        var (low, high) = ((int)Math.Ceiling(timbre.LowestFrequency / hertz), (int)Math.Floor(timbre.HighestFrequency / hertz));
        int[] bins = [.. Enumerable.Range(low, high - low + 1)];
        var (first, lags) = (timbre.ShortestLag, timbre.LagsEnd - timbre.ShortestLag);
        var cosines = new double[bins.Length * (timbre.LagsEnd + 1)];
        for (var bin = 0; bin < bins.Length; bin++)
        {
            for (var lag = 0; lag <= timbre.LagsEnd; lag++)
                cosines[(bin * (timbre.LagsEnd + 1)) + lag] =
                    Math.Cos(2 * Math.PI * bins[bin] * lag / size) * 3 / (2 + Math.Cos(2 * Math.PI * lag / size));
        }

        long[] Lags(int from) => [.. Enumerable.Range(from, lags).Select(lag => (long)lag)];
        graph.Initializer.AddRange(
        [
            Tensors.Of("tiny", [Tiny]),
            Tensors.Of("level_scale", [timbre.Scale]),
            Tensors.Of("least_harmonic", [-timbre.Scale]),
            Tensors.Of("unity", [1.0]),
            Tensors.Of("nothing", [0.0]),
            Tensors.Of("first_axis", [0L], 1),
            Tensors.Of("last_axis", [2L], 1),
            Tensors.Of("pitch_bins", [.. bins.Select(bin => (long)bin)], bins.Length),
            Tensors.Of("lag_cosines", cosines, bins.Length, timbre.LagsEnd + 1),
            Tensors.Of("lags", Lags(first), lags),
            Tensors.Of("lags_before", Lags(first - 1), lags),
            Tensors.Of("lags_after", Lags(first + 1), lags),
            Tensors.Of("shortest_lag", [(long)first]),
            Tensors.Of("no_peak", [double.MinValue]),
            Tensors.Of("nearly_highest", [timbre.NearlyHighest]),
            Tensors.Of("one_half", [0.5]),
            Tensors.Of("two", [2.0]),
            Tensors.Of("size_in_samples", [(double)size]),
            Tensors.Of("rate_over_a4", [timbre.SampleRate / 440]),
            Tensors.Of("semitones_of_e", [12 / Math.Log(2)]),
            Tensors.Of("midi_of_a4", [69.0]),
            Tensors.Of("harmonic", [.. Enumerable.Range(1, timbre.Harmonics).Select(h => (double)h)], timbre.Harmonics, 1),
            Tensors.Of("quarter", [0.25]),
            Tensors.Of("widest", [3.0]),
            Tensors.Of("around", [.. Enumerable.Range(0, Around).Select(i => (long)i)], 1, Around),
            Tensors.Of("last_bin", [(size / 2) - 1L]),
            Tensors.Of("no", [0f]),
            Tensors.Of("row_of_parts", [1, (long)transform.Parts * transform.Coefficients], 2),
            Tensors.Of("row_of_harmonics", [1, (long)timbre.Harmonics], 2),
            Tensors.Of("row_of_one", [1L, 1L], 2),
        ]);
    }

    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">Has <c>loud_mel</c> and <c>loud_power</c>.</param>
    /// <param name="addParts">Adds <c>frames</c>, their number, and <c>means_of_parts</c>, those of <c>coefficients</c>.</param>
    public static void AddNodes(GraphProto graph, Action<GraphProto> addParts)
    {
        graph.Node.Add(Node("ReduceMax", ["loud_mel"], "loudest_band", ("keepdims", 0)));
        graph.Node.Add(Node("Max", ["loudest_band", "tiny"], "divisor_of_bands"));
        AddLevel(graph, "loud_mel", "divisor_of_bands", "soft_levels");
        graph.Node.Add(Node("MatMul", ["soft_levels", "cosines"], "coefficients"));
        addParts(graph);
        graph.Node.AddRange(
        [
            Node("Cast", ["frames"], "frame_count", ("to", TensorElement.Float64)),
            Node("Reshape", ["means_of_parts", "row_of_parts"], "envelope"),
            Node("ReduceSum", ["coefficients", "first_axis"], "coefficient_sums", ("keepdims", 1)),
            Node("Div", ["coefficient_sums", "frame_count"], "coefficient_means"),
            Node("Sub", ["coefficients", "coefficient_means"], "deviations"),
            Node("Mul", ["deviations", "deviations"], "squared_deviations"),
            Node("ReduceSum", ["squared_deviations", "first_axis"], "deviation_sums", ("keepdims", 1)),
            Node("Div", ["deviation_sums", "frame_count"], "variances"),
            Node("Sqrt", ["variances"], "movement"),
        ]);
        AddPitch(graph);
        AddHarmonics(graph);
        graph.Node.AddRange(
        [
            Node("Concat", ["envelope", "movement", "harmonics", "pitch"], "described", ("axis", 1)),
            Node("Greater", ["loudest_band", "nothing"], "is_sound"),
            Node("Where", ["is_sound", "described", "nothing"], "wide_features"),
            Node("Cast", ["wide_features"], ClassifierGraph.Features, ("to", TensorElement.Float32)),
        ]);
    }

    /// <summary>Decibels that end softly: scale times one less than the eighth root.</summary>
    private static void AddLevel(GraphProto graph, string power, string loudest, string level) => graph.Node.AddRange(
    [
        Node("Div", [power, loudest], level + "_share"),
        Node("Sqrt", [level + "_share"], level + "_square_root"),
        Node("Sqrt", [level + "_square_root"], level + "_fourth_root"),
        Node("Sqrt", [level + "_fourth_root"], level + "_eighth_root"),
        Node("Sub", [level + "_eighth_root", "unity"], level + "_unscaled"),
        Node("Mul", [level + "_unscaled", "level_scale"], level),
    ]);

    /// <summary>The first high peak of the autocorrelation that belongs to the mean magnitude spectrum.</summary>
    private static void AddPitch(GraphProto graph) => graph.Node.AddRange(
    [
        Node("Gather", ["loud_power", "pitch_bins"], "pitch_power", ("axis", 1)),
        Node("Sqrt", ["pitch_power"], "magnitudes"),
        Node("ReduceSum", ["magnitudes", "bands_of_a_frame"], "magnitude_sums", ("keepdims", 1)),
        Node("Max", ["magnitude_sums", "tiny"], "divisor_of_magnitudes"),
        Node("Div", ["magnitudes", "divisor_of_magnitudes"], "shares_of_bins"),
        Node("ReduceSum", ["shares_of_bins", "first_axis"], "share_sums", ("keepdims", 1)),
        Node("Div", ["share_sums", "frame_count"], "mean_shares"),
        Node("MatMul", ["mean_shares", "lag_cosines"], "correlation_row"),
        Node("Squeeze", ["correlation_row", "first_axis"], "correlation"),
        Node("Gather", ["correlation", "lags"], "at_lag", ("axis", 0)),
        Node("Gather", ["correlation", "lags_before"], "before_lag", ("axis", 0)),
        Node("Gather", ["correlation", "lags_after"], "after_lag", ("axis", 0)),
        Node("Greater", ["at_lag", "before_lag"], "rises"),
        Node("Cast", ["rises"], "rising", ("to", TensorElement.Float32)),
        Node("ArgMax", ["rising"], "first_rise", ("axis", 0), ("keepdims", 0)),
        Node("ReduceMax", ["rising"], "any_rise", ("keepdims", 0)),
        Node("Add", ["first_rise", "shortest_lag"], "first_lag"),
        Node("GreaterOrEqual", ["lags", "first_lag"], "from_rise"),
        Node("Where", ["from_rise", "at_lag", "no_peak"], "peaks"),
        Node("ReduceMax", ["peaks"], "highest_peak", ("keepdims", 0)),
        Node("Mul", ["highest_peak", "nearly_highest"], "least_peak"),
        Node("GreaterOrEqual", ["peaks", "least_peak"], "is_high"),
        Node("GreaterOrEqual", ["at_lag", "before_lag"], "is_not_rising"),
        Node("GreaterOrEqual", ["at_lag", "after_lag"], "is_not_falling"),
        Node("And", ["is_high", "from_rise"], "is_high_behind"),
        Node("And", ["is_not_rising", "is_not_falling"], "is_top"),
        Node("And", ["is_high_behind", "is_top"], "is_peak"),
        Node("Cast", ["is_peak"], "peak_or_not", ("to", TensorElement.Float32)),
        Node("ArgMax", ["peak_or_not"], "peak", ("axis", 0), ("keepdims", 0)),
        Node("ReduceMax", ["peak_or_not"], "any_peak", ("keepdims", 0)),
        Node("Mul", ["any_peak", "any_rise"], "any_pitch"),
        Node("Greater", ["any_pitch", "no"], "has_pitch"),
        Node("Gather", ["at_lag", "peak"], "top", ("axis", 0)),
        Node("Gather", ["before_lag", "peak"], "left", ("axis", 0)),
        Node("Gather", ["after_lag", "peak"], "right", ("axis", 0)),
        Node("Sub", ["left", "right"], "slope"),
        Node("Mul", ["slope", "one_half"], "half_slope"),
        Node("Add", ["left", "right"], "beside"),
        Node("Mul", ["top", "two"], "twice_top"),
        Node("Sub", ["beside", "twice_top"], "bend"),
        Node("Less", ["bend", "nothing"], "is_bent"),
        Node("Where", ["is_bent", "bend", "unity"], "divisor_of_slope"),
        Node("Div", ["half_slope", "divisor_of_slope"], "shift_of_peak"),
        Node("Where", ["is_bent", "shift_of_peak", "nothing"], "shift"),
        Node("Add", ["peak", "shortest_lag"], "whole_lag"),
        Node("Cast", ["whole_lag"], "wide_lag", ("to", TensorElement.Float64)),
        Node("Add", ["wide_lag", "shift"], "period"),
        Node("Div", ["size_in_samples", "period"], "pitch_in_bins"),
        Node("Div", ["rate_over_a4", "period"], "pitch_over_a4"),
        Node("Log", ["pitch_over_a4"], "log_of_pitch"),
        Node("Mul", ["log_of_pitch", "semitones_of_e"], "semitones"),
        Node("Add", ["semitones", "midi_of_a4"], "midi"),
        Node("Where", ["has_pitch", "midi", "nothing"], "pitch_or_nothing"),
        Node("Reshape", ["pitch_or_nothing", "row_of_one"], "pitch"),
    ]);

    /// <summary>The mean level of each harmonic relative to all of the loudest frame: of the strongest bin around its frequency.</summary>
    private static void AddHarmonics(GraphProto graph)
    {
        var strongest = Node("ReduceMax", ["powers_around"], "strongest", ("keepdims", 0));
        strongest.Attribute.Add(new AttributeProto { Name = "axes", Ints = { 1L }, Type = 7 });
        graph.Node.AddRange(
        [
            Node("Mul", ["harmonic", "pitch_in_bins"], "centre"),
            Node("Mul", ["pitch_in_bins", "quarter"], "quarter_of_pitch"),
            Node("Max", ["quarter_of_pitch", "unity"], "reach_at_least"),
            Node("Min", ["reach_at_least", "widest"], "reach"),
            Node("Sub", ["centre", "reach"], "from_bin"),
            Node("Round", ["from_bin"], "from_whole_bin"),
            Node("Max", ["from_whole_bin", "nothing"], "from_bin_there"),
            Node("Cast", ["from_bin_there"], "low_bin", ("to", TensorElement.Int64)),
            Node("Add", ["centre", "reach"], "to_bin"),
            Node("Round", ["to_bin"], "to_whole_bin"),
            Node("Cast", ["to_whole_bin"], "high_bin", ("to", TensorElement.Int64)),
            Node("Add", ["low_bin", "around"], "bins_around"),
            Node("LessOrEqual", ["bins_around", "high_bin"], "is_around"),
            Node("LessOrEqual", ["high_bin", "last_bin"], "is_below_half_rate"),
            Node("And", ["is_around", "is_below_half_rate"], "counts_for_harmonic"),
            Node("Cast", ["counts_for_harmonic"], "weights_of_bins", ("to", TensorElement.Float64)),
            Node("Unsqueeze", ["weights_of_bins", "last_axis"], "weights_of_frames"),
            Node("Min", ["bins_around", "last_bin"], "bins_there"),
            Node("Transpose", ["loud_power"], "power_of_bins"),
            Node("Gather", ["power_of_bins", "bins_there"], "powers", ("axis", 0)),
            Node("Mul", ["powers", "weights_of_frames"], "powers_around"),
            strongest,
            Node("ReduceSum", ["strongest", "first_axis"], "harmonic_power", ("keepdims", 0)),
            Node("ReduceMax", ["harmonic_power"], "loudest_harmonics", ("keepdims", 0)),
            Node("Max", ["loudest_harmonics", "tiny"], "divisor_of_harmonics"),
        ]);
        AddLevel(graph, "strongest", "divisor_of_harmonics", "harmonic_levels");
        graph.Node.AddRange(
        [
            Node("ReduceSum", ["harmonic_levels", "bands_of_a_frame"], "harmonic_sums", ("keepdims", 0)),
            Node("Div", ["harmonic_sums", "frame_count"], "mean_harmonics"),
            Node("Where", ["has_pitch", "mean_harmonics", "least_harmonic"], "harmonics_or_nothing"),
            Node("Reshape", ["harmonics_or_nothing", "row_of_harmonics"], "harmonics"),
        ]);
    }

    private static NodeProto Node(string type, string[] inputs, string output, params (string Name, long Value)[] attributes) =>
        ClassifierGraph.Node(type, "make_" + output, inputs, output, attributes);
}
