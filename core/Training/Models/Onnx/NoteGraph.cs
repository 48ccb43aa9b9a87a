using MusicPipeline.Data;
using MusicPipeline.Notes;
using Dimension = MusicPipeline.Training.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace MusicPipeline.Training.Models.Onnx;

/// <summary>
/// The graph of a classifier with all that comes before it: the mono samples of one note in, and out what <see cref="ClassifierGraph"/>
/// says of the features that are made of them. In float64 up to the features, as where data sets are made.
/// </summary>
internal static class NoteGraph
{
    public const string Name = "music_note_classifier";
    public const string Samples = "samples";

    /// <summary>Builds it.</summary>
    public static GraphProto Build(NetworkWeights weights, Scaler scaler, long[] classes, NoteTransform transform)
    {
        var classifier = ClassifierGraph.Build(weights, scaler, classes);
        var graph = new GraphProto { Name = Name };
        AddConstants(graph, transform);
        AddLoudFrames(graph);
        if (transform.Timbre is { } timbre)
        {
            TimbreGraph.AddConstants(graph, transform, timbre);
            TimbreGraph.AddNodes(graph, AddParts);
        }
        else
        {
            AddDecibels(graph, transform.Range);
            AddParts(graph);
            AddRow(graph, transform.Features);
        }

        graph.Initializer.AddRange(classifier.Initializer);
        graph.Node.AddRange(classifier.Node);
        graph.ValueInfo.AddRange(classifier.ValueInfo);
        graph.Input.Add(new ValueInfoProto
        {
            Name = Samples,
            Type = new()
            {
                TensorType = new() { ElemType = TensorElement.Float32, Shape = new() { Dim = { new Dimension { DimParam = Samples } } } },
            },
        });
        graph.Output.AddRange(classifier.Output);
        return graph;
    }

    private static void AddConstants(GraphProto graph, NoteTransform transform)
    {
        var (size, parts) = (transform.FrameLength, transform.Parts);
        graph.Initializer.AddRange(
        [
            Tensors.Of("zeros_around", [size / 2, size / 2], 2),
            Tensors.Of("batch_and_channel", [0L, 2L], 2),
            Tensors.Of("hop", [(long)transform.HopLength]),
            Tensors.Of("window", [.. Enumerable.Range(0, size).Select(n => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / size)))], size),
            Tensors.Of("frame_length", [(long)size]),
            Tensors.Of("parts_of_a_number", [3L], 1),
            Tensors.Of("batch", [0L], 1),
            Tensors.Of("filters", transform.Filters, (size / 2) + 1, transform.Bands),
            Tensors.Of("least_power", [transform.LeastPower]),
            Tensors.Of("bands_of_a_frame", [1L], 1),
            Tensors.Of("least_share", [Math.Pow(10, -transform.FrameRange / 10)]),
            Tensors.Of("cosines", Cosines(transform.Bands, transform.Coefficients), transform.Bands, transform.Coefficients),
            Tensors.Of("zero", [0L]),
            Tensors.Of("one", [1L]),
            Tensors.Of("parts", [(long)parts]),
            Tensors.Of("all_but_one_part", [parts - 1L]),
            Tensors.Of("part", [.. Enumerable.Range(0, parts).Select(part => (long)part)], parts, 1),
            Tensors.Of("next_part", [.. Enumerable.Range(1, parts).Select(part => (long)part)], parts, 1),
        ]);
    }

    /// <summary>From the samples to the power of bands, frames x bands, and of bins, without the soft frames.</summary>
    private static void AddLoudFrames(GraphProto graph)
    {
        graph.Node.AddRange(
        [
            ClassifierGraph.Node("Cast", "widen_samples", [Samples], "wide_samples", ("to", TensorElement.Float64)),
            ClassifierGraph.Node("Pad", "pad", ["wide_samples", "zeros_around"], "padded"),
            ClassifierGraph.Node("Unsqueeze", "signal_of_samples", ["padded", "batch_and_channel"], "signal"),
            ClassifierGraph.Node("STFT", "stft", ["signal", "hop", "window", "frame_length"], "spectra", ("onesided", 1)),
            ClassifierGraph.Node("Mul", "square", ["spectra", "spectra"], "squares"),
            ClassifierGraph.Node("ReduceSum", "add_parts", ["squares", "parts_of_a_number"], "power_of_batch", ("keepdims", 0)),
            ClassifierGraph.Node("Squeeze", "only_note", ["power_of_batch", "batch"], "power"),
            ClassifierGraph.Node("MatMul", "filter", ["power", "filters"], "mel_power"),
            ClassifierGraph.Node("Max", "floor_power", ["mel_power", "least_power"], "mel_at_least"),
            ClassifierGraph.Node("ReduceSum", "power_of_frames", ["mel_at_least", "bands_of_a_frame"], "frame_power", ("keepdims", 0)),
            ClassifierGraph.Node("ReduceMax", "loudest_frame", ["frame_power"], "loudest", ("keepdims", 0)),
            ClassifierGraph.Node("Mul", "least_frame", ["loudest", "least_share"], "least_frame_power"),
            ClassifierGraph.Node("GreaterOrEqual", "is_loud", ["frame_power", "least_frame_power"], "loud"),
            ClassifierGraph.Node("Compress", "loud_frames", ["mel_power", "loud"], "loud_mel", ("axis", 0)),
            ClassifierGraph.Node("Compress", "loud_bins", ["power", "loud"], "loud_power", ("axis", 0)),
        ]);
    }

    /// <summary>Levels of bands below the loudest one, in dB, and their coefficients.</summary>
    private static void AddDecibels(GraphProto graph, double range)
    {
        graph.Initializer.Add(Tensors.Of("decibels_of_e", [10 / Math.Log(10)]));
        graph.Initializer.Add(Tensors.Of("least_level", [-range]));
        graph.Node.AddRange(
        [
            ClassifierGraph.Node("Max", "floor_mel", ["loud_mel", "least_power"], "mel"),
            ClassifierGraph.Node("Log", "logarithm", ["mel"], "logarithms"),
            ClassifierGraph.Node("Mul", "decibels", ["logarithms", "decibels_of_e"], "levels"),
            ClassifierGraph.Node("ReduceMax", "loudest_band", ["levels"], "highest", ("keepdims", 0)),
            ClassifierGraph.Node("Sub", "below_loudest", ["levels", "highest"], "relative_levels"),
            ClassifierGraph.Node("Max", "floor_levels", ["relative_levels", "least_level"], "decibels_below"),
            ClassifierGraph.Node("MatMul", "dct", ["decibels_below", "cosines"], "coefficients"),
        ]);
    }

    /// <summary>
    /// The means of coefficients over parts, parts x coefficients: part i covers frames floor(i n / parts) to ceil((i + 1) n / parts).
    /// </summary>
    private static void AddParts(GraphProto graph)
    {
        graph.Node.AddRange(
        [
            ClassifierGraph.Node("Shape", "size", ["coefficients"], "frames_and_coefficients"),
            ClassifierGraph.Node("Gather", "count_frames", ["frames_and_coefficients", "zero"], "frames", ("axis", 0)),
            ClassifierGraph.Node("Range", "number_frames", ["zero", "frames", "one"], "frame"),
            ClassifierGraph.Node("Mul", "parts_begin", ["part", "frames"], "begin_in_parts"),
            ClassifierGraph.Node("Div", "first_frames", ["begin_in_parts", "parts"], "first"),
            ClassifierGraph.Node("Mul", "parts_end", ["next_part", "frames"], "end_in_parts"),
            ClassifierGraph.Node("Add", "round_up", ["end_in_parts", "all_but_one_part"], "end_rounded_up"),
            ClassifierGraph.Node("Div", "end_frames", ["end_rounded_up", "parts"], "usual_end"),
            ClassifierGraph.Node("Add", "shortest_part", ["first", "one"], "least_end"),
            ClassifierGraph.Node("Max", "ends", ["usual_end", "least_end"], "end"),
            ClassifierGraph.Node("GreaterOrEqual", "is_behind", ["frame", "first"], "behind"),
            ClassifierGraph.Node("Less", "is_before", ["frame", "end"], "before"),
            ClassifierGraph.Node("And", "is_in_part", ["behind", "before"], "in_part"),
            ClassifierGraph.Node("Cast", "share_of_frame", ["in_part"], "shares", ("to", TensorElement.Float64)),
            ClassifierGraph.Node("Sub", "frames_of_parts", ["end", "first"], "counts"),
            ClassifierGraph.Node("Cast", "widen_counts", ["counts"], "wide_counts", ("to", TensorElement.Float64)),
            ClassifierGraph.Node("MatMul", "add_frames", ["shares", "coefficients"], "sums"),
            ClassifierGraph.Node("Div", "means", ["sums", "wide_counts"], "means_of_parts"),
        ]);
    }

    private static void AddRow(GraphProto graph, int features)
    {
        graph.Initializer.Add(Tensors.Of("one_row", [1L, features], 2));
        graph.Node.AddRange(
        [
            ClassifierGraph.Node("Reshape", "row", ["means_of_parts", "one_row"], "wide_features"),
            ClassifierGraph.Node(
                "Cast", "narrow_features", ["wide_features"], ClassifierGraph.Features, ("to", TensorElement.Float32)),
        ]);
    }

    /// <summary>bands x coefficients of the orthonormal DCT-II.</summary>
    private static double[] Cosines(int bands, int coefficients)
    {
        var cosines = new double[bands * coefficients];
        for (var band = 0; band < bands; band++)
        {
            for (var k = 0; k < coefficients; k++)
            {
                cosines[(band * coefficients) + k] =
                    Math.Sqrt((k == 0 ? 1.0 : 2.0) / bands) * Math.Cos(Math.PI * k * ((2 * band) + 1) / (2 * bands));
            }
        }

        return cosines;
    }
}
