coffret_code::rules! {
    /// What a reading can break, by the specifications and the [rules](crate#the-rules-of-a-reading)
    /// of this crate.
    pub enum Error {
        /// A request for more than two ages: several together tell more than each.
        TooManyAges = (1101, "too-many-ages", "ISO 18013-5 §7.2.5"),
        /// The document says that the holder is not of the age.
        NotOfAge = (1102, "not-of-age", "Coffret reader §1"),
        /// Something that the purpose cannot do without was not shown.
        NeedMissing = (1103, "need-missing", "Coffret reader §2"),
        /// A purpose that the catalogue does not have.
        UnknownPurpose = (1104, "purpose-unknown", "Coffret reader §2"),
        /// Something that the purpose cannot do without was shown, and is of no use: a portrait that does
        /// not draw, a blank text, a date that cannot be read.
        NeedUnusable = (1105, "need-unusable", "Coffret reader §2"),
        /// Only the device says something that the purpose cannot do without.
        NeedSaidByDevice = (1106, "need-said-by-device", "Coffret reader §2"),
        /// Nothing that the document permits is in force, and the purpose is about that.
        NothingInForce = (1107, "nothing-in-force", "Coffret reader §2"),
        /// An event that is not awaited.
        OutOfTurn = (1110, "reading-out-of-turn", "Coffret reader §3"),
        /// The other side has left, or could not read the request, before it answered.
        Closed = (1111, "reading-closed", "ISO 18013-5 §9.1.1.4"),
        /// The person at the reader gave up before an answer.
        GivenUp = (1112, "reading-given-up", "ISO 18013-5 §9.1.1.4"),
        ..
        /// A request, a response or a document.
        Mdoc(coffret_mdoc::Error),
        /// An engagement, a session or the frames of the QR link.
        Proximity(coffret_proximity::Error),
    }
}
