using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>What the API's own description cannot find out by itself.</summary>
public static class ApiDescription
{
    private const string Document = "v1";

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.Configure<OpenApiOptions>(Document, description =>
        {
            description.AddSchemaTransformer(TellText);
            description.AddDocumentTransformer(TellSignIn);
        });

    // Texts are read by a converter of our own, so the framework does not know that they are texts.
    private static Task TellText(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonTypeInfo.Type == typeof(string) && schema.Type is null)
        {
            schema.Type = context.JsonPropertyInfo is { IsGetNullable: true }
                ? JsonSchemaType.String | JsonSchemaType.Null
                : JsonSchemaType.String;
        }

        if (schema is { Type: { } type, Items: null } && type.HasFlag(JsonSchemaType.Array)
            && typeof(IEnumerable<string?>).IsAssignableFrom(context.JsonTypeInfo.Type))
        {
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        return Task.CompletedTask;
    }

    private static Task TellSignIn(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "SmartClub";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The accessToken of a log-in.",
        };
        return Task.CompletedTask;
    }
}
