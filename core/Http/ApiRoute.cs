namespace MusicPipeline.Http;

/// <summary>A line of the table of <see cref="PipelineApi"/>.</summary>
/// <param name="Pattern">One of <see cref="ApiRoutes"/>.</param>
/// <param name="Methods">The methods that the handler answers.</param>
/// <param name="Handler">Its parameters are those of the route, the request, services, and a token that stops it.</param>
public sealed record ApiRoute(string Pattern, IReadOnlyList<string> Methods, Delegate Handler);
