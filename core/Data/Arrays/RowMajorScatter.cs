namespace MusicPipeline.Data.Arrays;

/// <summary>
/// Puts elements that arrive in Fortran order, first axis fastest, at their row-major places, block by block.
/// </summary>
internal sealed class RowMajorScatter<T>(T[] target, long[] shape)
{
    private readonly int[] _strides = Strides(shape);
    private readonly long[] _index = new long[shape.Length];
    private int _offset;

    /// <summary>Places the next elements of the file.</summary>
    public void Place(ReadOnlySpan<T> values)
    {
        while (!values.IsEmpty)
        {
            // A run along the first axis has one stride; the other axes turn over like an odometer.
            var run = (int)Math.Min(values.Length, shape[0] - _index[0]);
            var stride = _strides[0];
            for (var i = 0; i < run; i++) target[_offset + (i * stride)] = values[i];
            values = values[run..];
            Advance(run);
        }
    }

    private void Advance(int run)
    {
        _index[0] += run;
        _offset += run * _strides[0];
        for (var axis = 0; axis < shape.Length - 1 && _index[axis] == shape[axis]; axis++)
        {
            _offset += _strides[axis + 1] - (int)(shape[axis] * _strides[axis]);
            _index[axis] = 0;
            _index[axis + 1]++;
        }
    }

    private static int[] Strides(long[] shape)
    {
        var strides = new int[shape.Length];
        var stride = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= (int)shape[axis];
        }

        return strides;
    }
}
