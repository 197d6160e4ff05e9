use crate::Error;
use crate::algorithm::{Algorithm, Curve};
use crate::key::{PrivateKey, Secret};
use crate::signature::Signer;
use crate::verify::Form;

impl PrivateKey {
    /// A signature in the form of COSE: r ‖ s at full length (RFC 9053 §2.1), or RFC 8032's 64
    /// bytes. The same message is signed by the same bytes (RFC 6979).
    ///
    /// # Errors
    /// [`Error::AlgorithmMismatch`]
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.signature(algorithm, message, Form::Fixed)
    }

    /// A signature in the form of X.509: the DER of ECDSA-Sig-Value (RFC 5480, Appendix A), or
    /// Ed25519's 64 bytes.
    ///
    /// # Errors
    /// [`Error::AlgorithmMismatch`]
    pub fn sign_x509(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.signature(algorithm, message, Form::Der)
    }
}

/// A signature in the form of COSE, from the form of X.509 in which phones' keystores write it.
///
/// # Errors
/// [`Error::InvalidSignature`] for what is no signature of a key on this curve,
/// [`Error::AlgorithmMismatch`] for a curve without ECDSA.
pub fn fixed_signature(curve: Curve, der: &[u8]) -> Result<Vec<u8>, Error> {
    let fixed = match curve {
        Curve::P256 => p256::ecdsa::Signature::from_der(der).map(|signature| signature.to_vec()),
        Curve::P384 => p384::ecdsa::Signature::from_der(der).map(|signature| signature.to_vec()),
        Curve::P521 => p521::ecdsa::Signature::from_der(der).map(|signature| signature.to_vec()),
        Curve::Ed25519 | Curve::X25519 => return Err(Error::AlgorithmMismatch),
    };
    fixed.map_err(|_| Error::InvalidSignature)
}

macro_rules! ecdsa {
    ($curve:ident, $key:expr, $message:expr, $form:expr) => {{
        let signature: $curve::ecdsa::Signature = $key.sign($message);
        match $form {
            Form::Fixed => signature.to_vec(),
            Form::Der => signature.to_der().as_bytes().to_vec(),
        }
    }};
}

impl PrivateKey {
    fn signature(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        form: Form,
    ) -> Result<Vec<u8>, Error> {
        Ok(match (&self.0, algorithm) {
            (Secret::P256(key), Algorithm::Es256) => ecdsa!(p256, key, message, form),
            (Secret::P384(key), Algorithm::Es384) => ecdsa!(p384, key, message, form),
            (Secret::P521(key), Algorithm::Es512) => ecdsa!(p521, key, message, form),
            (Secret::Ed25519(key), Algorithm::EdDsa) => key.sign(message).to_vec(),
            _ => return Err(Error::AlgorithmMismatch),
        })
    }
}
