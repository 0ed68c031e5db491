namespace SmartClub.Silo.Reactions;

/// <summary>Registers what the silo does outside because of what stands in the journal.</summary>
public static class ReactionServices
{
    /// <summary>Adds the outbox, with a mail server if there is one.</summary>
    public static IServiceCollection AddReactions(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton<FolderMailer>().AddSingleton<SignInSecrets>().AddSingleton<MailWriter>();
        services.AddSingleton<IMailTemplate, SignInMail>().AddSingleton<IMailTemplate, InvitationMail>();
        if (settings.Smtp is { } address)
        {
            services.AddSingleton(SmtpServer.Parse(address)).AddSingleton<IMailer, SmtpMailer>();
        }
        else
        {
            services.AddSingleton<IMailer>(p => p.GetRequiredService<FolderMailer>());
        }

        return services.AddSingleton<IStartsWithSilo, Outbox>();
    }
}
