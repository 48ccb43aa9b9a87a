using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace MusicPipeline.Training.Cuda;

/// <summary>The NVIDIA driver of this machine, asked directly, because ILGPU hides what it complains of.</summary>
internal static unsafe class CudaDriver
{
    // ILGPU asks for libcuda.so, which many machines have only with the development files.
    private const string LibraryOfIlgpu = "cuda";

    private static readonly string[] LibraryNames =
        OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so", "/usr/lib/wsl/lib/libcuda.so.1"];

    /// <summary>Looks for a driver with a GPU, and says what stands in the way where there is none.</summary>
    /// <param name="complaint">One sentence; null where a GPU is there.</param>
    public static bool HasDevice([NotNullWhen(false)] out string? complaint)
    {
        if (!TryLoad(out var library))
        {
            complaint = $"No NVIDIA driver was found: {LibraryNames[0]} cannot be loaded.";
            return false;
        }

        complaint = TryExport(library, "cuInit", out var init) && TryExport(library, "cuDeviceGetCount", out var count)
            ? Ask(library, init, count)
            : $"{LibraryNames[0]} is no NVIDIA driver: it lacks cuInit.";
        return complaint is null;
    }

    /// <summary>Lets ILGPU find the driver under the name that it has where no development files are installed.</summary>
    public static void RedirectIlgpu()
    {
        if (OperatingSystem.IsWindows() || NativeLibrary.TryLoad("libcuda.so", out _)) return;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(CudaAccelerator).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Somebody has set one before; it stays.
        }
    }

    private static string? Ask(nint library, nint init, nint count)
    {
        var error = ((delegate* unmanaged<uint, int>)init)(0);
        if (error != 0) return $"The NVIDIA driver does not start: {Describe(library, error)}.";
        var devices = 0;
        error = ((delegate* unmanaged<int*, int>)count)(&devices);
        if (error != 0) return $"The NVIDIA driver does not count its GPUs: {Describe(library, error)}.";
        return devices > 0 ? null : "The NVIDIA driver sees no GPU.";
    }

    private static string Describe(nint library, int error)
    {
        byte* text = null;
        if (TryExport(library, "cuGetErrorString", out var describe)
            && ((delegate* unmanaged<int, byte**, int>)describe)(error, &text) == 0
            && Marshal.PtrToStringUTF8((nint)text) is { Length: > 0 } description)
        {
            return $"{description} (CUDA error {error})";
        }

        return $"CUDA error {error}";
    }

    private static bool TryExport(nint library, string name, out nint address) =>
        NativeLibrary.TryGetExport(library, name, out address);

    private static bool TryLoad(out nint library)
    {
        foreach (var name in LibraryNames)
        {
            if (NativeLibrary.TryLoad(name, out library)) return true;
        }

        library = 0;
        return false;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == LibraryOfIlgpu && TryLoad(out var library) ? library : 0;
}
