using MusicPipeline.Audio.Notes;
using MusicPipeline.Errors;

namespace MusicPipeline.Collections;

/// <summary>Recipes as they are asked for.</summary>
internal static class CollectRecipes
{
    /// <summary>The recipe of a name or an id, such as <c>mfcc-6x20</c> or <c>mfcc-6x20/1</c>; the default one for null.</summary>
    /// <exception cref="InputException">There is no such recipe.</exception>
    public static NoteRecipe Create(string? name) => name is null
        ? NoteRecipe.CreateDefault()
        : NoteRecipe.Create(name) ?? throw new InputException(
            $"there is no recipe '{name}'", $"take {string.Join(" or ", NoteRecipe.Names)}", kind: InputErrorKind.NotFound);
}
