using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Storage;

namespace MusicPipeline.Functions.Uploads;

/// <summary>What the blob triggers watch and how they hear of it.</summary>
internal static class BlobTriggers
{
    /// <summary>Recordings.</summary>
    public const string Recordings = Containers.AudioUploads + "/{name}";

    /// <summary>Arrays of data sets.</summary>
    public const string Arrays = Containers.DatasetUploads + "/{name}";

    /// <summary>Events in the cloud; polling elsewhere. A constant of the build, since an attribute holds it.</summary>
    public const BlobTriggerSource Source =
#if EVENT_GRID
        BlobTriggerSource.EventGrid;
#else
        BlobTriggerSource.LogsAndContainerScan;
#endif
}
