using MusicPipeline.Audio;

namespace MusicPipeline.Uploads;

/// <summary><c>audio.json</c>: a converted recording.</summary>
/// <param name="Name">Name of the upload.</param>
/// <param name="ETag">The version of the upload that was converted.</param>
/// <param name="Recording">Format, length, text chunks and warnings.</param>
/// <param name="Mel">The mel spectrogram beside it.</param>
/// <param name="Labels">What plays when, where a model is set to label new recordings.</param>
public sealed record AudioDocument(string Name, string ETag, AudioSummary Recording, MelDocument Mel, RecordingLabels? Labels = null);
