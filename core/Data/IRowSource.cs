namespace MusicPipeline.Data;

/// <summary>The labelled rows of raw features that a data set is made of, whatever they come from.</summary>
public interface IRowSource
{
    /// <summary>Features a row.</summary>
    int Features { get; }

    /// <summary>The name of each label, where labels stand for names; else null.</summary>
    IReadOnlyDictionary<long, string>? ClassNames { get; }

    /// <summary>The groups that the blocks' rows belong to, where they belong to any; else null.</summary>
    IReadOnlyList<DatasetGroup>? Groups => null;

    /// <summary>How the rows were made of recordings, where they were; else null.</summary>
    string? Recipe => null;

    /// <summary>Training rows at the end that are altered copies of others.</summary>
    int TrainCopies => 0;

    /// <summary>Highest share, of any class, of training notes without a pitch; null where rows are no notes, or nobody looked.</summary>
    double? WithoutPitch => null;

    /// <summary>What the rows were made from, whose hashes make the version; asked for once all rows are read.</summary>
    IReadOnlyList<DatasetSource> Sources { get; }

    /// <summary>The training rows, in blocks of any size; read once.</summary>
    IAsyncEnumerable<RowBlock> ReadTrainAsync(CancellationToken cancellationToken);

    /// <summary>The test rows.</summary>
    /// <inheritdoc cref="ReadTrainAsync"/>
    IAsyncEnumerable<RowBlock> ReadTestAsync(CancellationToken cancellationToken);

    /// <summary>What an error about a part of the rows names.</summary>
    string NameOf(DatasetRole role);
}
