//! `coffret pki`: a test public key infrastructure in a folder.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use coffret_catalogue::{Label, purpose, purposes};
use coffret_crypto::Algorithm;
use coffret_issuer::{DOCUMENT_SIGNER_NAME, Identity};
use coffret_trust::{Registration, Retention};
use serde_json::{Value as Json, json};

use crate::error::{Error, Failure};
use crate::file::{self, Access};
use crate::output::{Colour, Report, Text, done};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Pki {
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    purposes: Vec<String>,
}

/// What the test reader is called on the consent of a wallet.
const READER: Label = Label { fr: "Lecteur d’essai Coffret", en: "Coffret test reader" };
const MADE: Label = Label {
    fr: "Autorités, signataires, lecteur et registre d’essai, dans",
    en: "Test authorities, signers, reader and registry, in",
};
const SECRETS: Label = Label {
    fr: "Les fichiers .key sont des clés privées\u{a0}: ils ne servent qu’à des essais.",
    en: "The .key files are private keys: they are for tests only.",
};

/// The files of a document signer, by what it signs with: `<stem>.pem`, `<stem>.key`.
pub(crate) const DOCUMENT_SIGNERS: [(Algorithm, &str); 3] =
    [(Algorithm::Es256, "ds"), (Algorithm::Es384, "ds-es384"), (Algorithm::EdDsa, "ds-eddsa")];
pub(crate) const ROOT: &str = "iaca";

/// How long the list is good that revokes `ds.pem`, to try out what that does.
const LIST_DAYS: i32 = 90;

struct NewFile {
    name: String,
    access: Access,
    content: Vec<u8>,
}

impl Pki {
    pub(crate) fn run(&self, Context { lang, now, .. }: Context) -> Result<Report, Failure> {
        let registration = Registration {
            name_fr: READER.fr.to_owned(),
            name_en: READER.en.to_owned(),
            purposes: self.purposes()?,
            retention: Retention::NotKept,
            privacy: None,
        };
        let mut rng = randomness()?;
        let refused = |error| Failure::refused(Error::Issuer(error), self.dir.as_path());
        let pki = coffret_issuer::Pki::generate(registration, now, &mut rng).map_err(refused)?;
        let mut signers = Vec::new();
        for (algorithm, stem) in DOCUMENT_SIGNERS {
            if algorithm != Algorithm::Es256 {
                let signer =
                    pki.issuer.document_signer(DOCUMENT_SIGNER_NAME, algorithm, now, &mut rng);
                signers.push((stem, signer.map_err(refused)?));
            }
        }
        let identities = [
            (ROOT, &pki.issuer),
            ("ds", &pki.document_signer),
            ("reader-ca", &pki.reader_authority),
            ("reader", &pki.reader),
            ("registry", &pki.registrar),
        ];
        let mut files = Vec::new();
        for (stem, identity) in identities.into_iter().chain(signers.iter().map(|(s, i)| (*s, i))) {
            files.extend(identity_files(stem, identity).map_err(refused)?);
        }
        files.push(NewFile {
            name: "readers.cose".to_owned(),
            access: Access::Everyone,
            content: pki.readers,
        });
        let revoked = pki.issuer.revocation_list(
            &[pki.document_signer.certificate()],
            1,
            now.plus_days(-1),
            LIST_DAYS,
        );
        files.push(NewFile {
            name: "ds-revoked.crl".to_owned(),
            access: Access::Everyone,
            content: revoked.map_err(refused)?,
        });
        self.write(&files)?;

        let mut text = Text::default();
        text.line(Colour::Strong, format!("{} {}", MADE.text(lang), self.dir.display()));
        for file in &files {
            text.line(Colour::Plain, format!("  {}", file.name));
        }
        text.line(Colour::Faint, SECRETS.text(lang));
        let names = files.iter().map(|file| file.name.as_str()).collect::<Json>();
        Ok(done(text, json!({"dir": self.dir.display().to_string(), "files": names})))
    }

    fn purposes(&self) -> Result<Vec<String>, Failure> {
        if self.purposes.is_empty() {
            return Ok(purposes().iter().map(|purpose| purpose.id.to_owned()).collect());
        }
        match self.purposes.iter().find(|id| purpose(id).is_none()) {
            Some(unknown) => {
                Err(Failure::unusable(coffret_reader::Error::UnknownPurpose, unknown.as_str()))
            }
            None => Ok(self.purposes.clone()),
        }
    }

    /// Nothing is written unless everything is new.
    fn write(&self, files: &[NewFile]) -> Result<(), Failure> {
        let paths = files.iter().map(|file| self.dir.join(&file.name));
        if let Some(path) = paths.into_iter().find(|path| path.exists()) {
            return Err(Failure::unusable(Error::FileExists, path.as_path()));
        }
        fs::create_dir_all(&self.dir)
            .map_err(|_| Failure::unusable(Error::FileUnwritable, self.dir.as_path()))?;
        files.iter().try_for_each(|file| {
            file::create(&self.dir.join(&file.name), file.access, &file.content)
        })
    }
}

fn identity_files(stem: &str, identity: &Identity) -> Result<[NewFile; 2], coffret_issuer::Error> {
    let certificate = identity.certificate_pem()?.into_bytes();
    let key = identity.key_pem().as_bytes().to_vec();
    Ok([
        NewFile { name: format!("{stem}.pem"), access: Access::Everyone, content: certificate },
        NewFile { name: format!("{stem}.key"), access: Access::Owner, content: key },
    ])
}
