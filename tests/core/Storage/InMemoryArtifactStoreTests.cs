using MusicPipeline.Storage;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Tests.Storage;

public sealed class InMemoryArtifactStoreTests : ArtifactStoreContract
{
    private readonly InMemoryArtifactStore _store = new();

    protected override Task<IArtifactStore> OpenAsync() => Task.FromResult<IArtifactStore>(_store);
}
