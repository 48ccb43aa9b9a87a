using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>The version of a data set that a request is about.</summary>
internal static class RequestedData
{
    /// <summary>Name and version; the version that is current where none is named.</summary>
    /// <exception cref="InputException">There is no such data set or version, or a name is needed to choose one.</exception>
    public static async Task<(string Dataset, string Version)> FindAsync(
        DatasetStore datasets, SweepRequest request, CancellationToken cancellationToken)
    {
        var current = await AtAsync("dataset", datasets.ResolveAsync(request.Dataset, cancellationToken));
        if (request.DatasetVersion is not { } version || version == current.Version) return (current.Name, current.Version);
        const string field = "datasetVersion";
        var asked = TrialId.CanBeId(version) ? version : throw new InputException(
            $"the data set '{current.Name}' has no version '{version}'",
            "name one that dataset.json names, or none",
            kind: InputErrorKind.NotFound)
        {
            Field = field,
        };
        return (current.Name, (await AtAsync(field, datasets.GetInfoAsync(current.Name, asked, cancellationToken))).Version);
    }

    private static async Task<DatasetInfo> AtAsync(string field, Task<DatasetInfo> reading)
    {
        try
        {
            return await reading;
        }
        catch (InputException refusal)
        {
            throw refusal.At(field);
        }
    }
}
