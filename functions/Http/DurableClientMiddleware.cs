using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using MusicPipeline.Functions.Sweeps;

namespace MusicPipeline.Functions.Http;

/// <summary>Hands the Durable client that a function binds to the services of its invocation.</summary>
internal sealed class DurableClientMiddleware : IFunctionsWorkerMiddleware
{
    private const string BindingType = "durableClient";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var bindings = context.FunctionDefinition.InputBindings.Values;
        if (bindings.Any(input => input.Type.Equals(BindingType, StringComparison.OrdinalIgnoreCase)))
        {
            // All at once, as the function itself is handed them: the binding of one alone would not know its converter.
            var inputs = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
            context.InstanceServices.GetRequiredService<DurableInvocation>().Client = inputs.Values.OfType<DurableTaskClient>().Single();
        }

        await next(context);
    }
}
