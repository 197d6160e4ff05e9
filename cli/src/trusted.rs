//! Whom a verifier trusts, as its arguments say.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use coffret_trust::{Grant, Purpose, Trust};

use crate::error::{Failure, Reason};
use crate::input;

/// What the commands that verify take.
#[derive(Args)]
pub(crate) struct TrustArguments {
    #[arg(long, value_name = "PEM")]
    trust: Vec<PathBuf>,
    #[arg(long, num_args = 2, value_names = ["DOCTYPE", "PEM"])]
    trust_for: Vec<OsString>,
    #[arg(long, value_name = "PEM")]
    signer: Vec<PathBuf>,
    #[arg(long, value_name = "PEM|DER")]
    crl: Vec<PathBuf>,
}

impl TrustArguments {
    /// Whom to trust, and the certificates that cannot be: each disables itself only.
    pub(crate) fn read(&self) -> Result<(Trust, Vec<Reason>), Failure> {
        let (mut trust, mut unusable) = (Trust::new(), Vec::new());
        for (path, grant) in self.issuers() {
            let added = trust.add_pem(&input::text(path)?, grant);
            let added = added.map_err(|error| Failure::unusable(error, path))?;
            unusable.extend(added.unusable.iter().map(|(index, error)| {
                let given = format!("{} ({})", path.display(), index + 1);
                Reason::new(error.code(), given.as_str())
            }));
        }
        for path in &self.signer {
            for certificate in input::certificates(path)? {
                trust.add_signer(certificate);
            }
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
