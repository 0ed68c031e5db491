using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Silo.Gateway.Requests;

/// <summary>What the API's own description cannot find out by itself.</summary>
public static class ApiDescription
{
    private const string Document = "v1";
    private const string Scheme = "bearer";

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.Configure<OpenApiOptions>(Document, description =>
        {
            description.AddSchemaTransformer(TellText);
            description.AddDocumentTransformer(TellSignIn);
            description.AddOperationTransformer(TellRight);
        });

    /// <summary>Writes the description of a program that is built and need not run.</summary>
    public static async Task Write(WebApplication app, Stream output, CancellationToken cancel)
    {
        // Otherwise the endpoints become known only when the program starts to listen.
        app.UseEndpoints(_ => { });
        var described = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document)
            .GetOpenApiDocumentAsync(cancel);
        await described.SerializeAsJsonAsync(output, OpenApiSpecVersion.OpenApi3_1, cancel);
    }

    // Texts and times are read by converters of our own, so the framework does not know what they are.
    private static Task TellText(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (schema.Type is null
            && (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type)
                == typeof(DateTimeOffset))
        {
            schema.Format = "date-time";
            schema.Type = context.JsonTypeInfo.Type == typeof(DateTimeOffset)
                ? JsonSchemaType.String
                : JsonSchemaType.String | JsonSchemaType.Null;
        }

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

    private static Task TellRight(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var right = metadata.OfType<EndpointRight.Staff>().SingleOrDefault();
        if (right is not null)
        {
            operation.Description = $"Right: `{right.Right}`.";
            (operation.Security ??= []).Add(new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [],
            });
        }

        return Task.CompletedTask;
    }

    private static Task TellSignIn(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "SmartClub";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "The accessToken of a log-in.",
        };
        return Task.CompletedTask;
    }
}
