using System.Text.RegularExpressions;
using SmartClub.Grains.Model;

namespace SmartClub.Tests.Checks;

/// <summary>
/// Whatever is changed in the journal behind the silo's back, <c>verify</c> names the place, and says nothing of any
/// person. Each damage is undone, and at the end all is well again.
/// </summary>
public sealed class DamagedJournalTests : IAsyncLifetime
{
    private const int Flips = 1_000;
    private DamagedClub club = null!;

    public async Task InitializeAsync() => club = await DamagedClub.Make();

    public async Task DisposeAsync() => await club.DisposeAsync();

    [Fact]
    public async Task FlippedByte_IsNamedByItsPosition_InAnyColumnOfAnyRow()
    {
        for (var done = 0; done < Flips;)
        {
            var position = club.Random.NextInt64(1, club.Head + 1);
            var column = DamagedClub.Columns[club.Random.Next(DamagedClub.Columns.Length)];
            if (!await club.TryFlip("journal.rows", column, $"position = {position}"))
            {
                continue;
            }

            var fault = await club.Fault();
            Assert.True(
                Regex.IsMatch(fault, $@"\b{position}\b") && fault.Contains("osition", StringComparison.Ordinal),
                $"try {done}, {column} of row {position}: {fault}");
            await club.World.Database.Run(
                $"delete from journal.rows where position not in (select position from kept_rows) "
                + $"or position = {position}; "
                + $"insert into journal.rows select * from kept_rows where position = {position}");
            done++;
        }

        await club.IsWhole();
    }

    [Fact]
    public async Task DeletedTail_IsNamed()
    {
        foreach (var cut in (long[])[1, 2, 50, club.Head - 1, club.Head])
        {
            await club.World.Database.Run($"delete from journal.rows where position > {club.Head - cut}");
            Assert.Equal(
                $"The journal ends at {club.Head - cut}; position {club.Head} was signed. The tail was cut.",
                await club.Fault());
            await club.UndoRows();
        }

        // Where nothing was signed, what was made of the rows still tells.
        var signed = Path.Combine(club.World.DataFolder, "keys", "journal-head.json");
        File.Move(signed, signed + ".away");
        await club.World.Database.Run($"delete from journal.rows where position = {club.Head}");
        Assert.EndsWith(
            $"has reached {club.Head}; the journal ends at {club.Head - 1}.", await club.Fault(),
            StringComparison.Ordinal);
        await club.UndoRows();
        File.Move(signed + ".away", signed);
        await club.IsWhole();
    }

    [Fact]
    public async Task DeletedStream_IsNamedByItsFirstRow_AndAlsoWhenAllWasNumberedAnew()
    {
        var streams = await club.Raw();
        foreach (var stream in streams.GroupBy(r => r.Grain).Where(_ => club.Random.Next(4) == 0))
        {
            var gone = $"delete from journal.rows where kind = {stream.Key.Kind} and stream = '{stream.Key.Key}'";
            await club.World.Database.Run(gone);
            var first = stream.First().Position;
            var end = stream.Count() == club.Head - first + 1 ? "The tail was cut." : $"Position {first} is missing.";
            Assert.Contains(end, await club.Fault(), StringComparison.Ordinal);
            await club.UndoRows();
        }

        var victim = streams[(int)club.Head / 2].Grain;
        await club.Write(streams.Where(r => r.Grain != victim));
        Assert.Contains($"position {club.Head} was signed", await club.Fault(), StringComparison.Ordinal);
        await club.UndoRows();
        await club.IsWhole();
    }

    [Fact]
    public async Task RecomputedChain_IsFoundByTheHeadOutsideTheDatabase()
    {
        var settled = await club.Settled();
        for (var round = 0; round < 10; round++)
        {
            // Another command's id: a change that no decoding and no rule could notice, where no later row settles it.
            var rows = await club.Raw();
            var quiet = rows.FindAll(row => !settled.Contains(row.CommandId));
            var at = rows.IndexOf(quiet[club.Random.Next(quiet.Count)]);
            rows[at] = rows[at] with { CommandId = new CommandId(Guid.CreateVersion7()) };
            await club.Write(rows);
            Assert.Equal(
                $"The chain at position {club.Head} is not the one that was signed: it was computed anew.",
                await club.Fault());
            await club.UndoRows();
        }

        await club.IsWhole();
    }

    [Fact]
    public async Task SignedHead_IsNamed_WhenItWasAltered()
    {
        var file = Path.Combine(club.World.DataFolder, "keys", "journal-head.json");
        var whole = await File.ReadAllTextAsync(file);
        var other = whole.Replace($"{club.Head}", $"{club.Head - 1}", StringComparison.Ordinal);
        foreach (var content in (string[])["", "{}", "[1]", whole[..^9], other])
        {
            await File.WriteAllTextAsync(file, content);
            Assert.Contains("keys/journal-head.json", await club.Fault(), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(file, whole);
        await club.IsWhole();
    }
}
