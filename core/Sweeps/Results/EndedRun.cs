using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The first line of <see cref="EndedTrials"/>.</summary>
/// <param name="Run">The run that ended; see <see cref="SweepDocument.Run"/>. Of any other run the file says nothing.</param>
/// <param name="Trials">One letter a trial, in the order of the plan; see <see cref="TrialLetters"/>.</param>
internal sealed record EndedRun(int Run, [property: JsonConverter(typeof(TrialLettersJsonConverter))] string Trials);
