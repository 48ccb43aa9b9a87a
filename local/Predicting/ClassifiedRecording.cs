using MusicPipeline.Uploads;
using Spectre.Console;

namespace MusicPipeline.Local.Predicting;

/// <summary>A recording and what a model says about it.</summary>
/// <param name="File">The recording.</param>
/// <param name="Labels">Its label and those of its notes.</param>
internal sealed record ClassifiedRecording(string File, RecordingLabels Labels)
{
    /// <summary>The label in words, and the notes in a table.</summary>
    public void Write(IAnsiConsole console)
    {
        console.WriteLine($"{File}: {Labels.Sentence}");
        if (Labels.Notes.Count == 0) return;
        var table = new Table().SimpleBorder();
        table.AddColumns([Right("note"), Right("from"), Right("to")]);
        table.AddColumns([new TableColumn("label"), Right("probability"), new TableColumn("next")]);
        foreach (var (note, index) in Labels.Notes.Select((note, index) => (note, index)))
        {
            var counts = note.HasPitch != false;
            var next = Labels.Classes.Zip(note.Probabilities)
                .Where(entry => counts && entry.First != note.Label)
                .OrderByDescending(entry => entry.Second)
                .Select(entry => $"{entry.First} {entry.Second:0.00}")
                .FirstOrDefault("");
            var probability = counts ? note.Probability.ToString("0.00") : "";
            string[] cells = [$"{index + 1}", $"{note.Start:0.00} s", $"{note.End:0.00} s", note.Caption, probability, next];
            table.AddRow(cells.Select(cell => new Text(cell)).ToArray());
        }

        console.Write(table);
    }

    private static TableColumn Right(string header) => new TableColumn(new Text(header)).RightAligned();
}
