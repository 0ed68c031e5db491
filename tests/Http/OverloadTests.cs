using SmartClub.Silo;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Tests.Http;

/// <summary>What callers are told when there are too many of them.</summary>
public sealed class OverloadTests(HttpClub club) : IClassFixture<HttpClub>
{
    [Fact]
    public async Task TooManyRequests_AreToldAtOnceToComeAgain_AndChangeNothing()
    {
        var place = await club.Place();
        var guest = await club.Guest(place);
        var admission = club.Silo.Get<Admission>();
        Quiet(admission);
        Fill(admission, Waiting.Gate, Limits.GateRequests);
        Fill(admission, Waiting.Staff, Limits.StaffRequests);
        foreach (var reply in (Reply[])
            [
                await place.Gate.Ask(guest.Badge, "in", "too many"),
                await club.Admin.Get($"/api/members/{guest.Member}"),
                await club.LogIn(club.FirstLogin),
            ])
        {
            Assert.Equal((503, "overloaded"), (reply.Status, reply.Code));
            Assert.Equal("1", reply.Headers.GetValues("Retry-After").Single());
        }

        Assert.Equal(200, (await club.Stranger.Get("/health/ready")).Status);
        Empty(admission, Waiting.Gate, Limits.GateRequests);
        Empty(admission, Waiting.Staff, Limits.StaffRequests);
        Quiet(admission);
        var granted = (await place.Gate.Scan(guest.Badge, "in", "too many")).Ok();
        Assert.Equal("grant", granted["decision"]);
        Quiet(admission);
    }

    // An answer is there a moment before its request has left.
    private static void Quiet(Admission admission) =>
        Assert.True(SpinWait.SpinUntil(() => admission.AtWork == 0, TimeSpan.FromSeconds(30)));

    private static void Fill(Admission admission, Waiting who, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // A machine that is busy with other tests sends some away before there are too many.
            Assert.True(SpinWait.SpinUntil(() => admission.TryEnter(who), TimeSpan.FromSeconds(30)));
        }
    }

    private static void Empty(Admission admission, Waiting who, int count)
    {
        for (var i = 0; i < count; i++)
        {
            admission.Leave(who);
        }
    }
}
