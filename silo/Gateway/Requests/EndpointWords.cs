using Microsoft.OpenApi;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>Words with which endpoints describe themselves in the API's own description.</summary>
public static class EndpointWords
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <summary>Its stable name and what it does, in a sentence.</summary>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary);

    /// <summary>
    /// The body it takes. It is told to the description only: the framework's own word for it also takes part in
    /// routing, and would answer other media types with a bare 415.
    /// </summary>
    public static RouteHandlerBuilder TakesBody<TBody>(this RouteHandlerBuilder endpoint, bool isOptional = false) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancel) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, cancel);
            ForbidNulls(schema);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = !isOptional,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } },
            };
        });

    /// <summary>The statuses with which it says no; each comes with problem details.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Problem>(status, ProblemJson);
        }

        return endpoint;
    }

    /// <summary>A command: it takes an Idempotency-Key and tells its position in the journal.</summary>
    public static RouteHandlerBuilder IsCommand(this RouteHandlerBuilder endpoint) => endpoint
        .Refuses(400, 401, 403, 404, 409, 415, 422, 503)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = CommandRunner.IdempotencyHeader,
                In = ParameterLocation.Header,
                Description = "Makes a retry the same command; kept for 30 days.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
            if (operation.Responses?.GetValueOrDefault("200") is OpenApiResponse answer)
            {
                answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
                answer.Headers[CommandRunner.PositionHeader] = new OpenApiHeader
                {
                    Description = "Position in the journal; a read accepts it as after.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
                };
            }

            return Task.CompletedTask;
        });

    /// <summary>A read that can wait for a position.</summary>
    public static RouteHandlerBuilder IsRead(this RouteHandlerBuilder endpoint) =>
        endpoint.Refuses(400, 401, 403, 503);

    // In code every field may be null, so that what is missing is seen as such; to outsiders a required one may not.
    private static void ForbidNulls(IOpenApiSchema? schema)
    {
        foreach (var (name, field) in schema?.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema!.Required?.Contains(name) == true && field is OpenApiSchema required)
            {
                required.Type &= ~JsonSchemaType.Null;
            }

            ForbidNulls(field);
            ForbidNulls(field.Items);
        }
    }
}
