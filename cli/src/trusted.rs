//! Whom a verifier trusts, as its arguments say.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use coffret_trust::{Certificate, Filed, Grant, Purpose, Trust};

use crate::error::{Failure, Reason};
use crate::input;

/// What the commands that verify take.
#[derive(Args)]
pub(crate) struct TrustArguments {
    #[arg(long, value_name = "PEM|DER")]
    trust: Vec<PathBuf>,
    #[arg(long, num_args = 2, value_names = ["DOCTYPE", "PEM|DER"])]
    trust_for: Vec<OsString>,
    #[arg(long, value_name = "PEM|DER")]
    signer: Vec<PathBuf>,
    #[arg(long, value_name = "PEM|DER")]
    crl: Vec<PathBuf>,
}

impl TrustArguments {
    /// Whom to trust, and the certificates that cannot be: each disables itself only.
    pub(crate) fn read(&self) -> Result<(Trust, Vec<Reason>), Failure> {
        let (mut trust, mut unusable) = (Trust::new(), Vec::new());
        for (path, grant) in self.issuers() {
            let file = input::wiped(path)?;
            let added = trust.add_anchors(&file, grant);
            let added = added.map_err(|error| Failure::unusable(error, path))?;
            heed_lists_beside(&file, path, &mut trust)?;
            unusable.extend(added.unusable.iter().map(|(index, error)| {
                let given = format!("{} ({})", path.display(), index + 1);
                Reason::new(error.code(), given.as_str())
            }));
        }
        for path in &self.signer {
            let file = input::wiped(path)?;
            let certificates = Certificate::parse_file(&file);
            for certificate in
                certificates.map_err(|error| Failure::unusable(error, path.as_path()))?
            {
                trust.add_signer(certificate);
            }
            heed_lists_beside(&file, path, &mut trust)?;
        }
        for path in &self.crl {
            let list = input::pem_or_binary(path)?;
            trust.add_crl(&list).map_err(|error| Failure::unusable(error, path.as_path()))?;
        }
        Ok((trust, unusable))
    }

    /// The files of issuers' roots, and what documents each is trusted for: types with commas between.
    fn issuers(&self) -> impl Iterator<Item = (&Path, Grant)> {
        let any = self.trust.iter().map(|path| (path.as_path(), Purpose::Issuer.into()));
        let limited = self.trust_for.chunks_exact(2).filter_map(|pair| {
            let [types, path] = pair else { return None };
            let types = types.to_string_lossy();
            Some((Path::new(path), Purpose::Issuer.limited_to(types.split(',').map(str::trim))))
        });
        any.chain(limited)
    }
}

/// Heeds the revocation lists of a file of certificates, where it has any: whoever publishes both in one
/// file has said whom not to believe.
fn heed_lists_beside(file: &[u8], path: &Path, trust: &mut Trust) -> Result<(), Failure> {
    if !Filed::read(file).iter().any(Filed::is_list) {
        return Ok(());
    }
    trust.add_crl(file).map_err(|error| Failure::unusable(error, path))
}
