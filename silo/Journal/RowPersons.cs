namespace SmartClub.Silo.Journal;

/// <summary>
/// Whose keys a stored row needs: the walk of <see cref="RowCodec.Decode"/> past everything but whose sealed parts are.
/// </summary>
internal static class RowPersons
{
    /// <summary>Adds them. Damage is for decoding to name: what stands before it is found.</summary>
    public static void Find(byte[] body, HashSet<Guid> persons)
    {
        bool Record(BodyReader r) =>
            r.Packed() is { Sealed: { IsEmpty: false } box } && persons.Add(Codec.PersonOf(box));
        bool Answer(BodyReader r) => r.Byte() switch
        {
            RowCodec.AnswerAccepted => Record(r),
            RowCodec.AnswerRefused => r.Text().Length > 0,
            _ => false,
        };

        try
        {
            var reader = new BodyReader(body);
            _ = (reader.Byte(), reader.Time(), reader.Text(), reader.Long(), reader.Id());
            reader.List(Record);
            Answer(reader);
            reader.List(r => (r.Id(), r.Bytes().Length, Answer(r)));
            reader.List(r => (r.Id(), Record(r)));
            reader.List(r => (r.Id(), r.Text(), r.Time(), Record(r)));
        }
        catch (InvalidDataException)
        {
            // As said above.
        }
    }
}
