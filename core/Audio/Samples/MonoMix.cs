using System.Runtime.CompilerServices;

namespace MusicPipeline.Audio.Samples;

/// <summary>The mean of a recording's channels as floats, block by block.</summary>
internal sealed class MonoMix(IPcmSource sound) : IMonoSource
{
    private readonly int _channels = sound.Summary.Channels;
    private float[] _interleaved = [];
    private float[] _mono = [];
    private int _start;
    private int _end;

    /// <inheritdoc/>
    public double SampleRate => sound.Summary.SampleRate;

    /// <inheritdoc/>
    public long Length => sound.Summary.Frames;

    /// <inheritdoc/>
    /// <exception cref="AudioFormatException">A sample is infinite, not a number, or absurdly large.</exception>
    public int Read(Span<float> buffer)
    {
        var read = 0;
        while (read < buffer.Length && (_start < _end || Refill()))
        {
            var count = Math.Min(buffer.Length - read, _end - _start);
            _mono.AsSpan(_start, count).CopyTo(buffer[read..]);
            _start += count;
            read += count;
        }

        return read;
    }

    private bool Refill()
    {
        var block = sound.ReadBlock();
        if (block.Length == 0) return false;
        var type = sound.SampleType;
        var samples = block.Length / type.Bytes();
        if (_interleaved.Length < samples) _interleaved = new float[samples];
        var floats = _interleaved.AsSpan(0, samples);
        FloatSamples.Convert(block, type, floats);
        if (type.IsFloat() && !FloatSamples.AreUsable(floats))
        {
            var (problem, remedy) = FloatSamples.AreFinite(block, type)
                ? (
                    $"the sound data holds samples beyond ±{FloatSamples.Largest:G1}, where full scale is ±1",
                    "scale them and export the recording again")
                : ("the sound data holds samples that are infinite or not a number", "export the recording again");
            throw new AudioFormatException(sound.SoundChunk, problem, remedy);
        }

        (_start, _end) = (0, samples / _channels);
        if (_mono.Length < _end) _mono = new float[_end];
        Mix(floats, _channels, _mono.AsSpan(0, _end));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
        {
            interleaved.CopyTo(mono);
            return;
        }

        if (channels == 2)
        {
            for (var i = 0; i < mono.Length; i++) mono[i] = (interleaved[2 * i] + interleaved[2 * i + 1]) * 0.5f;
            return;
        }

        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0f;
            foreach (var value in interleaved.Slice(i * channels, channels)) sum += value;
            mono[i] = sum / channels;
        }
    }
}
