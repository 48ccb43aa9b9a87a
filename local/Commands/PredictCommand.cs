using System.CommandLine;
using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Predicting;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music predict MODEL.onnx DATA.npy [--labels LABELS.npy]</c>.</summary>
internal sealed class PredictCommand : MusicCommand
{
    private const int ShownRows = 20;

    private readonly Terminal _terminal;
    private readonly Argument<string> _model = new("MODEL.onnx") { Description = "The classifier" };
    private readonly Argument<string> _data = new("DATA.npy")
    {
        Description = "Raw features, rows x features: the model standardizes them itself",
    };
    private readonly Option<string> _labels = new("--labels")
    {
        Description = "True labels, one a row: adds accuracy and confusion matrix", HelpName = "LABELS.npy",
    };

    private readonly Option<int> _rows = new("--rows")
    {
        Description = "Rows to show; --json has all",
        DefaultValueFactory = _ => ShownRows,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print everything as JSON for scripts" };

    /// <summary>Declares the command.</summary>
    public PredictCommand(Terminal terminal)
        : base(
            "predict",
            "Classify feature rows with a model, and score it where the true labels are known.",
            "predict out/sweeps/<sweep>/best.onnx samples/notes_test_data.npy --labels samples/notes_test_labels.npy",
            "predict out/sweeps/<sweep>/best.onnx my-rows.npy --json")
    {
        _terminal = terminal;
        Add(_model);
        Add(_data);
        Add(_labels);
        Add(_rows);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (model, data) = (parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_data));
        var rows = parsed.GetValue(_rows);
        if (rows < 0) throw new InputException($"--rows {rows} is no number of rows", "write 0 or more");

        var features = await InputFile.ReadAsync(data, async file =>
            await FeatureMatrix.ReadAsync(await NpyReader.OpenAsync(file, cancellationToken: cancellation), cancellation));
        var truth = parsed.GetValue(_labels) is { } labels
            ? await InputFile.ReadAsync(labels, async file =>
                await LabelVector.ReadAsync(await NpyReader.OpenAsync(file, cancellationToken: cancellation), cancellation))
            : null;
        InputFile.Open(model).Dispose();
        using var scorer = ModelScorer.Open(model, Environment.ProcessorCount);
        var prediction = Score(scorer, features, data, cancellation);
        var report = new PredictionReport(scorer.Metadata, prediction, truth?.Values, Compare(prediction, truth, parsed.GetValue(_labels)));
        if (parsed.GetValue(_json)) _terminal.WriteCompactJson(report.Document(model));
        else report.Write(_terminal.Out, rows);
    }

    private static Prediction Score(ModelScorer scorer, FeatureMatrix features, string data, CancellationToken cancellation)
    {
        try
        {
            return scorer.Score(features.Values, features.Features, cancellation);
        }
        catch (InputException exception)
        {
            throw exception.About(data);
        }
    }

    private static ConfusionMatrix? Compare(Prediction prediction, LabelVector? truth, string? labels)
    {
        try
        {
            return truth is null ? null : prediction.Against(truth.Values);
        }
        catch (InputException exception)
        {
            throw exception.About(labels!);
        }
    }
}
