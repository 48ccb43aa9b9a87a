namespace MusicPipeline.Functions.Hosting;

/// <summary>
/// Every app setting that this code reads; in the environment a colon is written as two underscores. The deployment
/// and <c>local.settings.sample.json</c> set them all.
/// </summary>
internal static class SettingNames
{
    /// <summary>Connection string of the storage account; the Functions host reads it too.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>Blob endpoint of the account, in place of a connection string.</summary>
    public const string BlobServiceUri = "AzureWebJobsStorage:blobServiceUri";

    /// <summary>Client id of the managed identity that reads and writes the account.</summary>
    public const string ClientId = "AzureWebJobsStorage:clientId";

    /// <summary>Days that Durable's history of ended sweeps is kept.</summary>
    public const string RetentionDays = "History:RetentionDays";

    /// <summary>What trials are trained on where a sweep does not say: auto, cpu or cuda.</summary>
    public const string Device = "MUSIC_DEVICE";

    /// <summary>Id of the sweep or trial whose model labels new recordings; none where it is empty.</summary>
    public const string Classifier = "MUSIC_CLASSIFIER";

    /// <summary>Megabytes of the longest file that is taken over HTTP; the host takes 100 MiB at most.</summary>
    public const string UploadMegabytes = "MUSIC_UPLOAD_MB";

    /// <summary>Where traces go on Azure; nowhere where it is empty.</summary>
    public const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Where traces go elsewhere; nowhere where it is empty.</summary>
    public const string TraceEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
}
