//! Issuing by catalogue, specimens, a test PKI.
