using System.Threading.Channels;
using SmartClub.Grains.Accounts.Commands;
using SmartClub.Grains.Model;
using SmartClub.Silo.Engines;
using SmartClub.Silo.Gateway.Requests;
using SmartClub.Silo.Journal;
using SmartClub.Silo.Views;
using SmartClub.Silo.Views.Queries;

namespace SmartClub.Silo.Gateway.Me;

/// <summary>
/// Looks up who has an address and asks for their mail, behind the answer: who asks is told the same, in the same time,
/// whether anybody has the address or not.
/// </summary>
public sealed class SignInRequests(
    IGrains grains, MemberQueries members, ReadAfter reads, ILogger<SignInRequests> log) : IStartsWithSilo
{
    private readonly Channel<(string Address, string Language)> asked =
        Channel.CreateBounded<(string, string)>(new BoundedChannelOptions(Limits.SignInQueue)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });

    /// <summary>Asks for the mails of an address.</summary>
    public void Ask(string address, string language) => asked.Writer.TryWrite((address, language));

    /// <inheritdoc/>
    public Task Start(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Run(CancellationToken cancel)
    {
        await foreach (var (address, language) in asked.Reader.ReadAllAsync(cancel))
        {
            try
            {
                // Who was registered a moment ago can sign in.
                await reads.CatchUp(cancel);
                foreach (var member in await members.WithAddress(address, cancel))
                {
                    await grains.Send(
                        new RequestSignIn(member.Id, member.Address, member.FirstName, language),
                        new Envelope(CommandIds.New(), Caller.System));
                }
            }
            catch (Exception away) when (
                away is JournalUnavailableException or ViewBehindException || DatabaseAway.Is(away))
            {
                log.LogWarning("A sign-in mail could not be asked for: {Reason}.", away.GetType().Name);
            }
        }
    }
}
