namespace MusicPipeline.Http;

/// <summary>
/// The routes of the HTTP API, without a slash before them, as the triggers of a Functions app want them. <see cref="PipelineApi"/> says
/// what answers on each.
/// </summary>
public static class ApiRoutes
{
    /// <summary>Sweeps: to start one and to list them.</summary>
    public const string Sweeps = "api/sweeps";

    /// <summary>A sweep with its trials.</summary>
    public const string Sweep = Sweeps + "/{id}";

    /// <summary>Cancels a sweep.</summary>
    public const string CancelSweep = Sweep + "/cancel";

    /// <summary>Pauses a sweep.</summary>
    public const string PauseSweep = Sweep + "/pause";

    /// <summary>Goes on with a sweep that was paused, stopped or cancelled.</summary>
    public const string ResumeSweep = Sweep + "/resume";

    /// <summary>Lets a sweep finish what runs, and start no more.</summary>
    public const string StopSweep = Sweep + "/stop";

    /// <summary>Runs what failed of a sweep again.</summary>
    public const string RetrySweep = Sweep + "/retry";

    /// <summary>Extends a sweep by more points or more epochs.</summary>
    public const string ExtendSweep = Sweep + "/extend";

    /// <summary>The report, as HTML or Markdown.</summary>
    public const string SweepReport = Sweep + "/report";

    /// <summary>What happens in a sweep, as server-sent events.</summary>
    public const string SweepEvents = Sweep + "/events";

    /// <summary>One of <see cref="ResultFiles.OfSweep"/>; a name with a dot, so that it is none of the routes beside it.</summary>
    public const string SweepFile = Sweep + "/{file:file}";

    /// <summary>A picture of a sweep's report.</summary>
    public const string SweepChart = Sweep + "/charts/{chart}";

    /// <summary>One of <see cref="ResultFiles.OfTrial"/>.</summary>
    public const string TrialFile = "api/trials/{id}/{file}";

    /// <summary>One of <see cref="ResultFiles.OfBaseline"/>.</summary>
    public const string BaselineFile = "api/baselines/{id}/{file}";

    /// <summary>The current version of every data set.</summary>
    public const string Datasets = "api/datasets";

    /// <summary>A data set with its versions.</summary>
    public const string Dataset = Datasets + "/{name}";

    /// <summary>One of <see cref="ResultFiles.OfDataset"/>, or the picture of its classes.</summary>
    public const string DatasetFile = Datasets + "/{name}/{version}/{file}";

    /// <summary>Every collection of labelled recordings.</summary>
    public const string Collections = "api/collections";

    /// <summary>Where a collection stands, and what it came to.</summary>
    public const string Collection = Collections + "/{name}";

    /// <summary>Makes a data set of a collection.</summary>
    public const string CollectDataset = Collection + "/dataset";

    /// <summary>Gives a recording of a collection another label.</summary>
    public const string LabelRecording = Collection + "/label";

    /// <summary>The sound of a recording of a collection, to be played.</summary>
    public const string CollectionRecording = Collection + "/recordings/{label}/{file}";

    /// <summary>One of <see cref="ResultFiles.OfCollection"/>; a name with a dot, so that it is none of the routes beside it.</summary>
    public const string CollectionFile = Collection + "/{file:file}";

    /// <summary>
    /// A converted recording or, with one of <see cref="Uploads.AudioFiles.All"/> behind its name, that file. Names may hold slashes.
    /// </summary>
    public const string Audio = "api/audio/{*name}";

    /// <summary>Converted recordings, page by page.</summary>
    public const string Recordings = "api/recordings";

    /// <summary>Uploads the samples.</summary>
    public const string Samples = "api/samples";

    /// <summary>An upload, to send and to ask for what became of it. Names may hold slashes.</summary>
    public const string Upload = "api/uploads/{container}/{*name}";

    /// <summary>What is wrong with the uploads that were rejected.</summary>
    public const string Rejected = "api/rejected";

    /// <summary>Classifies rows by a model.</summary>
    public const string Predict = "api/predict";

    /// <summary>Says by a model which instrument plays in a recording.</summary>
    public const string Classify = "api/classify";

    /// <summary>What a request would come to; nothing is started.</summary>
    public const string Plan = "api/plan";

    /// <summary>What a request may say.</summary>
    public const string Vocabulary = "api/vocabulary";

    /// <summary>Trials, or sweeps, side by side.</summary>
    public const string Compare = "api/compare";

    /// <summary>What the worker that answers says of itself.</summary>
    public const string System = "api/system";

    /// <summary>Whether storage answers, and which version runs; asks for no key.</summary>
    public const string Health = "api/health";

    /// <summary>The OpenAPI document.</summary>
    public const string OpenApi = "api/openapi.json";

    /// <summary>The page: the path <c>/</c> alone, in the only words that the router of a Functions host has for it.</summary>
    public const string Page = "{home:maxlength(0)?}";

    /// <summary>What the page is made of.</summary>
    public const string PageFile = "page/{*file}";

    /// <summary>Everything else; a host that serves the API alone maps nothing to it.</summary>
    public const string Unknown = "api/{*path}";

    /// <summary>Where a collection is to be asked for.</summary>
    public static string CollectionLocation(string name) => $"/{Collections}/{Uri.EscapeDataString(name)}";

    /// <summary>Where a sweep is to be asked for.</summary>
    public static string SweepLocation(string id) => $"/{Sweeps}/{Uri.EscapeDataString(id)}";
}
