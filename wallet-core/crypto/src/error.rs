coffret_code::rules! {
    /// What a key, a signature, a shared secret or a COSE message can break.
    pub enum Error {
        /// A curve that the product does not use: secp256k1, brainpool, Ed448, X448, or unnamed.
        UnsupportedCurve = (201, "unsupported-curve", "RFC 9053 §7.1"),
        /// A key that is on no curve, such as RSA or a symmetric one.
        UnsupportedKeyType = (202, "unsupported-key-type", "RFC 9053 §7"),
        /// A signature or MAC algorithm that the product does not use.
        UnsupportedAlgorithm = (203, "unsupported-algorithm", "RFC 9053 §2"),
        /// An algorithm that does not go with the key's curve.
        AlgorithmMismatch = (204, "algorithm-key-mismatch", "ISO 18013-5 §9.1.2.4"),
        /// A key with a part missing, of another type or of another length.
        MalformedKey = (205, "key-malformed", "RFC 9053 §7.1"),
        /// Coordinates that are no point of the curve, or one of small order.
        NotOnCurve = (206, "point-not-on-curve", "SEC 1 §3.2.2"),
        /// A public key that came with its private key.
        PrivateKeyExposed = (207, "private-key-exposed", "RFC 9052 §7.1"),
        /// A private key beside another key's public key.
        KeyPairMismatch = (208, "key-pair-mismatch", "RFC 7518 §6.2.2"),
        /// A signature that the key did not make over the message, or none at all.
        InvalidSignature = (210, "signature-invalid", "RFC 9052 §4.4"),
        /// A tag that the key did not make over the message, or none at all.
        InvalidMac = (211, "mac-invalid", "RFC 9052 §6.3"),
        /// Two keys, or a key and a secret, that are not of one curve for key agreement.
        AgreementMismatch = (212, "agreement-mismatch", "RFC 9053 §6.3"),
        /// A secret of zeros: on X25519, the peer's key is of small order.
        ZeroSecret = (213, "shared-secret-zero", "RFC 7748 §6.1"),
        /// A message that was altered or sealed under another key, nonce or associated data; or
        /// too long to seal.
        Aead = (214, "aead-failed", "NIST SP 800-38D §7"),
        /// A password's cost that is out of bounds.
        PasswordCost = (215, "password-cost", "RFC 9106 §3.1"),
        /// Not the array of four that a COSE_Sign1 or COSE_Mac0 is.
        MalformedCose = (220, "cose-malformed", "RFC 9052 §4.2"),
        /// A header that is no map, or a label or value in it of the wrong type.
        MalformedHeader = (221, "cose-header-malformed", "RFC 9052 §3"),
        /// A label in the protected and the unprotected header.
        HeaderInBoth = (222, "cose-header-in-both", "RFC 9052 §3"),
        /// A critical header that is not understood.
        UnknownCritical = (223, "cose-critical-unknown", "RFC 9052 §3.1"),
        /// The algorithm is not in the protected header.
        AlgorithmNotProtected = (224, "cose-algorithm-not-protected", "ISO 18013-5 §9.1.2.4"),
        /// An x5chain that is neither a certificate nor an array of some.
        MalformedChain = (225, "cose-x5chain-malformed", "RFC 9360 §2"),
        /// The payload is detached where one is expected inside.
        PayloadDetached = (226, "cose-payload-detached", "RFC 9052 §2"),
        /// The payload is inside where a detached one is expected.
        PayloadEmbedded = (227, "cose-payload-embedded", "RFC 9052 §2"),
        ..
        /// The CBOR inside a key or message.
        Cbor(coffret_cbor::Error),
    }
}
