using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MusicPipeline.Data;

namespace MusicPipeline.Collections;

/// <summary>The notes of a collection's recordings as the rows of a data set: a group is a recording, a class a label.</summary>
internal sealed class CollectedRows : IRowSource
{
    private readonly string _name;
    private readonly RowBlock _train;
    private readonly RowBlock _test;

    /// <param name="name">Name of the collection.</param>
    /// <param name="recipe">How rows were made.</param>
    /// <param name="features">Features a row.</param>
    /// <param name="labels">The labels in the order of their classes.</param>
    /// <param name="recordings">The recordings in the order of their rows.</param>
    public CollectedRows(
        string name, string recipe, int features, IReadOnlyList<string> labels, IReadOnlyList<CollectedRecording> recordings)
    {
        _name = name;
        Recipe = recipe;
        TrainCopies = recordings.Where(recording => !recording.IsTest).Sum(recording => recording.Copies.Length / features);
        WithoutPitch = PitchRules.HighestShare(recordings);
        Features = features;
        ClassNames = labels.Index().ToDictionary(pair => (long)pair.Index, pair => pair.Item);
        Groups = [.. recordings.Select(recording => new DatasetGroup(recording.Name.InCollection, recording.Source))];
        var classes = labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        _train = Block(recordings, classes, isTest: false);
        _test = Block(recordings, classes, isTest: true);
        // Before the rows are standardized, which is done in place.
        Sources =
        [
            Source(DatasetRole.TrainData, _train.Features.AsSpan(), "<f4", [_train.Labels.Length, features]),
            Source(DatasetRole.TrainLabels, _train.Labels.AsSpan(), "<i8", [_train.Labels.Length]),
            Source(DatasetRole.TestData, _test.Features.AsSpan(), "<f4", [_test.Labels.Length, features]),
            Source(DatasetRole.TestLabels, _test.Labels.AsSpan(), "<i8", [_test.Labels.Length]),
        ];
    }

    public int Features { get; }

    public IReadOnlyDictionary<long, string> ClassNames { get; }

    public IReadOnlyList<DatasetGroup> Groups { get; }

    public string Recipe { get; }

    public int TrainCopies { get; }

    public double? WithoutPitch { get; }

    public IReadOnlyList<DatasetSource> Sources { get; }

    public IAsyncEnumerable<RowBlock> ReadTrainAsync(CancellationToken cancellationToken) => new[] { _train }.ToAsyncEnumerable();

    public IAsyncEnumerable<RowBlock> ReadTestAsync(CancellationToken cancellationToken) => new[] { _test }.ToAsyncEnumerable();

    public string NameOf(DatasetRole role) => new DatasetFileName(_name, role).ToString();

    private static RowBlock Block(IReadOnlyList<CollectedRecording> recordings, Dictionary<string, int> classes, bool isTest)
    {
        var part = recordings.Index().Where(pair => pair.Item.IsTest == isTest).ToArray();
        // Copies come last, and nobody is tested on any.
        (int Index, CollectedRecording Recording, float[] Features)[] blocks =
        [
            .. part.Select(pair => (pair.Index, pair.Item, pair.Item.Features)),
            .. isTest ? [] : part.Select(pair => (pair.Index, pair.Item, pair.Item.Copies)),
        ];
        var features = new float[blocks.Sum(block => (long)block.Features.Length)];
        var labels = new List<long>();
        var groups = new List<int>();
        var at = 0;
        foreach (var (index, recording, values) in blocks)
        {
            values.CopyTo(features, at);
            at += values.Length;
            var rows = values.Length / (recording.Features.Length / recording.Notes);
            labels.AddRange(Enumerable.Repeat((long)classes[recording.Name.Label], rows));
            groups.AddRange(Enumerable.Repeat(index, rows));
        }

        return new RowBlock(features, [.. labels], [.. groups]);
    }

    private DatasetSource Source<T>(DatasetRole role, ReadOnlySpan<T> values, string type, long[] shape)
        where T : unmanaged =>
        new(NameOf(role), type, shape, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values))));
}

/// <summary>A recording whose notes become rows.</summary>
/// <param name="Name">Where it lies.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Notes">Its notes.</param>
/// <param name="Features">notes x features, row-major.</param>
/// <param name="Source">What it has in common with others; null where nothing is known.</param>
/// <param name="IsTest">Whether it is held out for the test.</param>
internal sealed record CollectedRecording(
    RecordingName Name, string Sha256, double Seconds, int Notes, float[] Features, string? Source, bool IsTest)
{
    /// <summary>Features of altered copies, copies x notes x features, row-major; empty where there are none.</summary>
    public float[] Copies { get; init; } = [];

    /// <summary>Its notes that have no pitch; null where nobody looked.</summary>
    public int? WithoutPitch { get; init; }
}
