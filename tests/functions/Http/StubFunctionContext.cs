using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MusicPipeline.Functions.Tests.Http;

/// <summary>A call of an HTTP function as middleware sees it.</summary>
internal sealed class StubFunctionContext(HttpContext http, CancellationToken cancellationToken) : FunctionContext
{
    public override string InvocationId => "one";

    public override string FunctionId => "function";

    public override TraceContext TraceContext => null!;

    public override BindingContext BindingContext => null!;

    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition => null!;

    // Where the extension for ASP.NET Core keeps the request.
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object> { ["HttpRequestContext"] = http };

    public override IInvocationFeatures Features => null!;

    public override CancellationToken CancellationToken => cancellationToken;
}
