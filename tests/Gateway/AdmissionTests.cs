using SmartClub.Silo;
using SmartClub.Silo.Gateway.Access;

namespace SmartClub.Tests.Gateway;

/// <summary>Who is let in when more is asked than can be answered.</summary>
public sealed class AdmissionTests
{
    private static readonly TimeSpan Long = Limits.RequestDelay * 2;
    private readonly Pressure pressure = new();
    private readonly Admission admission;

    public AdmissionTests() => admission = new Admission(pressure);

    [Theory]
    [InlineData(Waiting.Gate, Limits.GateRequests)]
    [InlineData(Waiting.Staff, Limits.StaffRequests)]
    [InlineData(Waiting.Live, Limits.LiveRequests)]
    public void Requests_AreTaken_UpToTheMost(Waiting who, int most)
    {
        Assert.Equal(most, Taken(who, most + 100));
        Assert.Equal(most, admission.AtWork);
        admission.Leave(who);
        Assert.True(admission.TryEnter(who));
        Assert.False(admission.TryEnter(who));
    }

    [Fact]
    public void AFloodOfOneKind_LeavesRoomForTheOthers()
    {
        Taken(Waiting.Gate, 2_000);
        Taken(Waiting.Staff, 2_000);
        Assert.True(admission.TryEnter(Waiting.Live));
    }

    [Fact]
    public void Pressure_RisesWhileEverythingWaits_AndFallsAsSoonAsSomethingDoesNot()
    {
        Wait(Long, 100);
        Assert.Equal(Pressure.Highest, pressure.Level);
        Wait(TimeSpan.Zero, 25);
        Assert.Equal(Pressure.Highest - 5, pressure.Level);
        Wait(TimeSpan.Zero, 50);
        Assert.Equal(0, pressure.Level);
    }

    [Fact]
    public void AShortBurst_IsNoPressure()
    {
        for (var i = 0; i < 100; i++)
        {
            Wait(Long, 4);
            Wait(TimeSpan.Zero, 1);
        }

        Assert.Equal(0, pressure.Level);
    }

    [Fact]
    public void FewRequests_AreTaken_HoweverSlowTheMachineIs()
    {
        Wait(Long, 100);
        Assert.Equal(Limits.RequestsAlwaysTaken, Taken(Waiting.Gate, Limits.RequestsAlwaysTaken));
        Assert.False(admission.TryEnter(Waiting.Staff));
    }

    [Fact]
    public void Gates_ComeBeforeStaff_AndStaffBeforeLiveScreens()
    {
        Taken(Waiting.Gate, Limits.RequestsAlwaysTaken);
        Wait(Long, 15);
        var (gates, staff, live) = (OfTen(Waiting.Gate), OfTen(Waiting.Staff), OfTen(Waiting.Live));
        Assert.Equal((8, 4, 1), (gates, staff, live));
    }

    [Fact]
    public void SomeGates_AreAlwaysTaken()
    {
        Taken(Waiting.Gate, Limits.RequestsAlwaysTaken);
        Wait(Long, 500);
        Assert.Equal(1, OfTen(Waiting.Gate));
    }

    private int OfTen(Waiting who)
    {
        var taken = Taken(who, 10);
        for (var i = 0; i < taken; i++)
        {
            admission.Leave(who);
        }

        return taken;
    }

    private int Taken(Waiting who, int asked) => Enumerable.Range(0, asked).Count(_ => admission.TryEnter(who));

    private void Wait(TimeSpan length, int times)
    {
        for (var i = 0; i < times; i++)
        {
            pressure.Observe(length);
        }
    }
}
