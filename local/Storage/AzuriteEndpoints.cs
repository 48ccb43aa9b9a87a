namespace MusicPipeline.Local.Storage;

/// <summary>What <c>infra/azurite/host.js</c> says when Azurite is ready, and keeps in <c>host.json</c>.</summary>
/// <param name="Pid">Process id of the host.</param>
/// <param name="ControlPort">Loopback port that leases are held on.</param>
/// <param name="BlobPort">Loopback port of the blob service.</param>
/// <param name="QueuePort">Loopback port of the queue service.</param>
/// <param name="TablePort">Loopback port of the table service.</param>
internal sealed record AzuriteEndpoints(int Pid, int ControlPort, int BlobPort, int QueuePort, int TablePort)
{
    // The account and key that every Azurite has; they are published and guard nothing.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Connection string of the three services.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};" +
        $"BlobEndpoint={Endpoint(BlobPort)};QueueEndpoint={Endpoint(QueuePort)};TableEndpoint={Endpoint(TablePort)};";

    private static string Endpoint(int port) => $"http://127.0.0.1:{port}/{Account}";
}
