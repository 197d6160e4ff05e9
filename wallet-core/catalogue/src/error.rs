coffret_code::rules! {
    /// What the value of an element can break.
    pub enum Error {
        /// Another CBOR type than the element's.
        WrongType = (401, "element-wrong-type", "Coffret catalogue §1"),
        /// A code that is not in the element's list.
        UnknownCode = (402, "element-unknown-code", "Coffret catalogue §2"),
        /// A date or time that is no day of the calendar or time of the day, or is written otherwise
        /// than issuers may.
        NotADate = (403, "element-not-a-date", "Coffret catalogue §3"),
        /// A text of more than [`TEXT_LIMIT`](crate::TEXT_LIMIT) characters.
        TooLong = (404, "element-too-long", "Coffret catalogue §4"),
        /// A text that lacks the shape its element has, such as a country code's two letters.
        WrongShape = (405, "element-wrong-shape", "Coffret catalogue §4"),
        /// A structure without one of its mandatory fields.
        MissingField = (406, "element-missing-field", "Coffret catalogue §5"),
        /// An image of more than [`SMALL_IMAGE_LIMIT`](crate::SMALL_IMAGE_LIMIT) bytes, where it is small.
        ImageTooLarge = (407, "element-image-too-large", "Coffret catalogue §6"),
        /// Bytes that are no whole image of the element's formats.
        NotAnImage = (408, "element-not-an-image", "Coffret catalogue §6"),
        /// Characters outside Latin-1, which some readers cannot show: a warning.
        NotLatin1 = (421, "element-not-latin1", "ISO 18013-5 §7.2.1"),
        /// A health insurance number that is not four letters, a day of a month and two characters: a
        /// warning.
        NamShape = (422, "nam-wrong-shape", "RAMQ, numéro d’assurance maladie"),
        /// A health insurance number whose check digit fits neither century: a warning.
        NamCheckDigit = (423, "nam-check-digit", "RAMQ, numéro d’assurance maladie"),
    }
}
