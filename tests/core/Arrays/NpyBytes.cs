using System.Buffers.Binary;
using System.Text;

namespace MusicPipeline.Tests.Arrays;

/// <summary>Builds .npy files by hand, header text and all, so that readers are not tested against our own writer.</summary>
internal static class NpyBytes
{
    public static byte[] File(string header, byte[] data, int version = 1)
    {
        var text = version == 3 ? Encoding.UTF8.GetBytes(header) : Encoding.Latin1.GetBytes(header);
        var lengthBytes = version == 1 ? 2 : 4;
        var file = new byte[8 + lengthBytes + text.Length + data.Length];
        new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', (byte)version, 0 }.CopyTo(file, 0);
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)text.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), (uint)text.Length);
        text.CopyTo(file, 8 + lengthBytes);
        data.CopyTo(file, 8 + lengthBytes + text.Length);
        return file;
    }

    public static byte[] File(string descr, bool fortran, long[] shape, byte[] data, int version = 1) =>
        File(Header(descr, fortran, shape), data, version);

    public static string Header(string descr, bool fortran, long[] shape) =>
        $"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': ({string.Concat(shape.Select(axis => axis + ", "))}), }}\n";

    public static MemoryStream Stream(byte[] file) => new(file, writable: false);
}
