using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MusicPipeline.Training.Checkpoints;

/// <summary>Reads numbers, texts and arrays; whatever would pass the end is an <see cref="EndOfStreamException"/>.</summary>
internal ref struct CheckpointReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool AtEnd => _left.IsEmpty;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>A number that is not negative, of things that there is room for.</summary>
    public int Count(int bytesEach = 0)
    {
        var count = Int();
        return count >= 0 && (long)count * bytesEach <= _left.Length ? count : throw new EndOfStreamException();
    }

    /// <summary>A text after its length in bytes, as <see cref="BinaryWriter"/> writes it.</summary>
    public string Text(int maxLength)
    {
        int length = Take(1)[0];
        if (length > 127) length = (length & 127) | (Take(1)[0] << 7);
        return length <= maxLength ? Encoding.UTF8.GetString(Take(length)) : throw new EndOfStreamException();
    }

    /// <summary>A figure that is NaN where it was not on record.</summary>
    public double? Figure() => Double() is var figure && double.IsNaN(figure) ? null : figure;

    public NetworkWeights Network(NetworkShape shape)
    {
        var layers = new List<DenseLayer>();
        foreach (var (inputs, units) in shape.Layers)
            layers.Add(new DenseLayer(inputs, units, Floats((long)inputs * units), Floats(units)));
        return new NetworkWeights([.. layers], shape.Activation);
    }

    private float[] Floats(long count) => count * sizeof(float) <= _left.Length
        ? MemoryMarshal.Cast<byte, float>(Take((int)count * sizeof(float))).ToArray()
        : throw new EndOfStreamException();

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length) throw new EndOfStreamException();
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
