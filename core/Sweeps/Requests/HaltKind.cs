namespace MusicPipeline.Sweeps.Requests;

/// <summary>What a running sweep was asked for; a higher one takes the place of a lower one.</summary>
public enum HaltKind
{
    /// <summary>To go on.</summary>
    None,

    /// <summary>To start nothing more and to break off what runs, from where it goes on when the sweep is resumed.</summary>
    Pause,

    /// <summary>To start nothing more, and to finish what runs.</summary>
    Stop,

    /// <summary>To start nothing more, and to break off what runs.</summary>
    Cancel,
}
