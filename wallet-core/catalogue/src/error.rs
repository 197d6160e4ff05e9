coffret_code::rules! {
    /// What the value of an element can break.
    pub enum Error {
        /// Another CBOR type than the element's.
        WrongType = (401, "element-wrong-type", "ISO 18013-5 §7.2.1"),
        /// A code that is not in the element's list.
        UnknownCode = (402, "element-unknown-code", "ISO 18013-5 §7.2.1"),
        /// A date or time that is no day of the calendar, or no time of the day.
        NotADate = (403, "element-not-a-date", "RFC 8943 §1.1"),
        /// A text of more than [`TEXT_LIMIT`](crate::TEXT_LIMIT) characters.
        TooLong = (404, "element-too-long", "ISO 18013-5 §7.2.1"),
        /// A text that lacks the shape its element has, such as a country code's two letters.
        WrongShape = (405, "element-wrong-shape", "ISO 18013-5 §7.2.1"),
        /// A structure without one of its mandatory fields.
        MissingField = (406, "element-missing-field", "ISO 18013-5 §7.2.4"),
        /// An image of more than [`SMALL_IMAGE_LIMIT`](crate::SMALL_IMAGE_LIMIT) bytes, where it is small.
        ImageTooLarge = (407, "element-image-too-large", "Coffret documents, ca.qc.gouv.saaq.1"),
        /// Characters outside Latin-1, which some readers cannot show: a warning.
        NotLatin1 = (421, "element-not-latin1", "ISO 18013-5 §7.2.1"),
        /// A health insurance number that is not four letters and eight characters: a warning.
        NamShape = (422, "nam-wrong-shape", "RAMQ, numéro d’assurance maladie"),
        /// A health insurance number whose check digit fits neither century: a warning.
        NamCheckDigit = (423, "nam-check-digit", "RAMQ, numéro d’assurance maladie"),
    }
}
