coffret_code::rules! {
    /// What received bytes, or a typed reading of them, can break.
    pub enum Error {
        /// The input ends inside a data item.
        Truncated = (101, "cbor-truncated", "RFC 8949 §5.1"),
        /// Bytes follow the data item.
        TrailingBytes = (102, "cbor-trailing-bytes", "RFC 8949 §5.1"),
        /// Additional information 28 to 30, or an indefinite length where there is none.
        Reserved = (103, "cbor-reserved-value", "RFC 8949 §3"),
        /// A simple value under 32 in two bytes.
        ReservedSimple = (104, "cbor-reserved-simple", "RFC 8949 §3.3"),
        /// A break where no indefinite-length item ends.
        UnexpectedBreak = (105, "cbor-unexpected-break", "RFC 8949 §3.2.1"),
        /// A chunk of an indefinite-length string that is not a definite string of the same type.
        WrongChunk = (106, "cbor-wrong-chunk", "RFC 8949 §3.2.3"),
        /// A text string, or a chunk of one, that is not UTF-8.
        InvalidUtf8 = (107, "cbor-invalid-utf8", "RFC 8949 §3.1"),
        /// The same key twice in a map, in whatever encoding.
        DuplicateKey = (108, "cbor-duplicate-key", "RFC 8949 §5.6"),
        /// Deeper than [`Limits::depth`](crate::Limits::depth), or a key than
        /// [`Limits::key_depth`](crate::Limits::key_depth).
        TooDeep = (109, "cbor-too-deep", "RFC 8949 §10"),
        /// More than [`Limits::items`](crate::Limits::items).
        TooManyItems = (110, "cbor-too-many-items", "RFC 8949 §10"),
        /// Longer than [`Limits::string`](crate::Limits::string).
        StringTooLong = (111, "cbor-string-too-long", "RFC 8949 §10"),
        /// Larger than [`Limits::total`](crate::Limits::total).
        TooLarge = (112, "cbor-too-large", "RFC 8949 §10"),
        /// A data item of another type than the one the specification names.
        WrongType = (120, "cbor-wrong-type", "RFC 8949 §5.2"),
        /// Undefined, or a simple value other than false, true and null, where a value is expected.
        SimpleValue = (121, "cbor-simple-value", "RFC 8949 §3.3"),
        /// A key that the specification requires is not in the map.
        MissingKey = (122, "cbor-missing-key", "RFC 8949 §5.2"),
        /// An integer beyond what the field can hold.
        OutOfRange = (123, "cbor-out-of-range", "RFC 8949 §5.2"),
        /// Another tag than the one the specification names, or none.
        WrongTag = (124, "cbor-wrong-tag", "RFC 8949 §3.4"),
        /// A full-date that is not `YYYY-MM-DD`, or no day of the calendar.
        InvalidFullDate = (125, "cbor-invalid-full-date", "RFC 8943 §1.1"),
        /// A tdate that is not an RFC 3339 date and time.
        InvalidTdate = (126, "cbor-invalid-tdate", "RFC 8949 §3.4.1"),
    }
}
