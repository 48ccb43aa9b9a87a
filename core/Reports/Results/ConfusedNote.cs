namespace MusicPipeline.Reports.Results;

/// <summary>A test note that the winner took for another class.</summary>
/// <param name="Recording">Its recording, such as <c>violin/scale-3.aiff</c>.</param>
/// <param name="Number">Its number in the recording, from 1 on.</param>
/// <param name="Label">Its class.</param>
/// <param name="TakenFor">The class that the winner gave it.</param>
/// <param name="Probability">The probability of that class.</param>
/// <param name="Sound">When it sounds, and how; null where the recording is not there any more, or another one by now.</param>
public sealed record ConfusedNote(
    string Recording, int Number, string Label, string TakenFor, double Probability, NoteSound? Sound);

/// <summary>A note to hear.</summary>
/// <param name="Start">When it begins in its recording, in seconds.</param>
/// <param name="End">When it ends.</param>
/// <param name="Wav">Its beginning as a WAV file.</param>
public sealed record NoteSound(double Start, double End, byte[] Wav);
