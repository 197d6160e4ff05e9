//! `coffret trust`: whom the wallet trusts, for what, since when.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use coffret_catalogue::{Label, document_type, show_date};
use coffret_cbor::Timestamp;
use coffret_holder::{TrustData, TrustEntry, TrustKind};
use coffret_trust::{Filed, Purpose};
use serde_json::{Value as Json, json};

use super::{named, short};
use crate::clock::day;
use crate::error::{About, Error, Failure, Reason};
use crate::input;
use crate::output::{Colour, Report, Text, done, one_line, reasons, reasons_json};
use crate::wallet::{WalletArguments, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Trust {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    wallet: WalletArguments,
}

#[derive(Subcommand)]
enum Action {
    Add {
        #[arg(required = true, value_name = "FILE")]
        file: Vec<PathBuf>,
        #[arg(long, value_name = "issuer|reader|specimen|registry", hide_possible_values = true)]
        purpose: Option<For>,
        #[arg(long = "type", value_name = "DOCTYPE")]
        doc_type: Vec<String>,
    },
    List,
    Remove {
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// What certificates are trusted for.
#[derive(Clone, Copy, ValueEnum)]
enum For {
    Issuer,
    Reader,
    Specimen,
    Registry,
}

impl From<For> for Purpose {
    fn from(purpose: For) -> Self {
        match purpose {
            For::Issuer => Purpose::Issuer,
            For::Reader => Purpose::Reader,
            For::Specimen => Purpose::Specimen,
            For::Registry => Purpose::Registry,
        }
    }
}

/// A kind, its name for programs and its name for people.
const KINDS: [(TrustKind, &str, Label); 6] = [
    (
        TrustKind::Anchors(Purpose::Issuer),
        "issuer",
        Label { fr: "Émetteurs de documents", en: "Issuers of documents" },
    ),
    (TrustKind::Anchors(Purpose::Reader), "reader", Label { fr: "Vérificateurs", en: "Verifiers" }),
    (TrustKind::Anchors(Purpose::Specimen), "specimen", Label { fr: "Spécimens", en: "Specimens" }),
    (
        TrustKind::Anchors(Purpose::Registry),
        "registry",
        Label { fr: "Responsable du registre", en: "Keeper of the registry" },
    ),
    (
        TrustKind::Registry,
        "readers",
        Label { fr: "Registre des vérificateurs", en: "Registry of verifiers" },
    ),
    (
        TrustKind::RevocationLists,
        "revoked",
        Label { fr: "Liste de révocation", en: "Revocation list" },
    ),
];

const UNREADABLE: Label = Label {
    fr: "Données de confiance d’une autre version",
    en: "Trust data of another version",
};
const TRUSTED: Label = Label { fr: "Reconnu", en: "Trusted" };
const REMOVED: Label = Label { fr: "N’est plus reconnu", en: "No longer trusted" };
const NOTHING: Label = Label {
    fr: "Personne n’est reconnu\u{a0}: aucun document ne peut être ajouté.",
    en: "Nobody is trusted: no document can be added.",
};
const ONLY: Label = Label { fr: "Seulement pour\u{a0}: {}", en: "Only for: {}" };
const SOURCE: Label = Label { fr: "Source\u{a0}: {}, ajoutée le #", en: "Source: {}, added on #" };
const UNTIL: Label = Label { fr: "À jour jusqu’au #", en: "Up to date until #" };
const OLD: Label = Label { fr: "À remplacer depuis le #", en: "To be replaced since #" };

impl Trust {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        match &self.action {
            Action::Add { file, purpose, doc_type } => self.add(file, *purpose, doc_type, context),
            Action::List => self.list(context),
            Action::Remove { id } => self.remove(id, context),
        }
    }

    fn add(
        &self,
        files: &[PathBuf],
        purpose: Option<For>,
        doc_types: &[String],
        context: Context,
    ) -> Result<Report, Failure> {
        let purpose = purpose.map_or(Purpose::Issuer, Purpose::from);
        // Readers and registrars sign no documents: a limit would be believed and do nothing.
        if !doc_types.is_empty() && matches!(purpose, Purpose::Reader | Purpose::Registry) {
            return Err(Failure::unusable(Error::Usage, "--type"));
        }
        let files = files.iter().map(|path| Ok((path.as_path(), Given::read(path)?)));
        let files: Vec<_> = files.collect::<Result<_, Failure>>()?;
        let mut wallet = self.wallet.unlock(context)?;
        let mut rng = randomness()?;
        let (mut added, mut refused) = (Vec::new(), Vec::new());
        for (path, given) in &files {
            let source = path.display().to_string();
            let data = given.data(purpose, doc_types);
            match wallet.import_trust(data, &source, context.now, &mut rng) {
                Ok(ids) => added.extend(ids),
                Err(error) => refused.push(failure(error, *path)),
            }
        }
        let Failure { exit, reasons: errors } = Failure::all(refused);
        if added.is_empty() {
            return Err(Failure { exit, reasons: errors });
        }
        let entries: Vec<_> =
            wallet.trust_list().iter().filter(|entry| added.contains(&entry.id)).collect();
        let mut text = Text::default();
        text.line(Colour::Green, TRUSTED.text(context.lang));
        entries.iter().for_each(|entry| print(&mut text, entry, context));
        reasons(&mut text, Colour::Red, &errors, context.lang);
        let json = json!({
            "trust": entries.iter().map(|entry| entry_json(entry, context)).collect::<Json>(),
            "errors": reasons_json(&errors, context.lang),
        });
        Ok(Report { exit, json, text })
    }

    fn list(&self, context: Context) -> Result<Report, Failure> {
        let wallet = self.wallet.unlock(context)?;
        let entries = wallet.trust_list();
        let mut text = Text::default();
        entries.iter().for_each(|entry| print(&mut text, entry, context));
        if entries.is_empty() {
            text.line(Colour::Strong, NOTHING.text(context.lang));
        }
        let entries = entries.iter().map(|entry| entry_json(entry, context));
        Ok(done(text, json!({"trust": entries.collect::<Json>()})))
    }

    fn remove(&self, given: &str, context: Context) -> Result<Report, Failure> {
        let mut wallet = self.wallet.unlock(context)?;
        let unknown = || failure(coffret_holder::Error::UnknownTrust, given);
        let found = named(given, wallet.trust_list().iter().map(|entry| entry.id));
        let id = found.ok_or_else(unknown)?;
        let mut text = Text::default();
        text.line(Colour::Green, REMOVED.text(context.lang));
        let entry = wallet.trust_list().iter().find(|entry| entry.id == id);
        entry.into_iter().for_each(|entry| print(&mut text, entry, context));
        let removed = wallet.remove_trust(id, &mut randomness()?);
        removed.map_err(|error| self.wallet.failure(error))?;
        Ok(done(text, json!({"removed": id.to_string()})))
    }
}

/// A file, and what it is taken for by what it holds.
struct Given {
    file: Vec<u8>,
    holds: Holds,
}

enum Holds {
    Certificates,
    Lists,
    Registry,
}

impl Given {
    fn read(path: &Path) -> Result<Given, Failure> {
        let file = input::pem_or_binary(path)?;
        let things = Filed::read(&file);
        let holds = match () {
            () if things.iter().any(Filed::is_certificate) => Holds::Certificates,
            () if !things.is_empty() => Holds::Lists,
            // PEM of neither, such as a file of keys, is refused for having no certificate.
            () if input::is_pem(&file) => Holds::Certificates,
            () => Holds::Registry,
        };
        Ok(Given { file, holds })
    }

    fn data<'g>(&'g self, purpose: Purpose, doc_types: &'g [String]) -> TrustData<'g> {
        match (&self.holds, doc_types) {
            (Holds::Certificates, []) => TrustData::Anchors(&self.file, purpose),
            (Holds::Certificates, _) => TrustData::AnchorsFor(&self.file, purpose, doc_types),
            (Holds::Lists, _) => TrustData::RevocationLists(&self.file),
            (Holds::Registry, _) => TrustData::Registry(&self.file),
        }
    }
}

fn unusable(entry: &TrustEntry) -> Vec<Reason> {
    if entry.kind.is_none() {
        return vec![Reason::new(coffret_holder::Error::RecordForm.code(), About::Whole)];
    }
    let reason = |(place, rule): &(usize, coffret_trust::Error)| {
        Reason::new(rule.code(), format!("{} ({})", entry.source, place + 1).as_str())
    };
    entry.brought.unusable.iter().map(reason).collect()
}

/// `{"id", "purpose", "docTypes", "names", "source", "added", "ageDays", "until", "anchors", "warnings"}`; what
/// does not read has no purpose and no age.
fn entry_json(entry: &TrustEntry, Context { lang, now, .. }: Context) -> Json {
    let age = |added: Timestamp| (now.unix() - added.unix()) / (24 * 60 * 60);
    json!({
        "id": entry.id.to_string(),
        "purpose": kind(entry).map(|(_, name, _)| name),
        "docTypes": entry.doc_types,
        "names": entry.names,
        "source": entry.source,
        "added": entry.added.map(|added| added.to_string()),
        "ageDays": entry.added.map(age),
        "until": entry.until.map(|until| until.to_string()),
        "anchors": entry.brought.anchors,
        "warnings": reasons_json(&unusable(entry), lang),
    })
}

fn kind(entry: &TrustEntry) -> Option<&(TrustKind, &str, Label)> {
    KINDS.iter().find(|(kind, ..)| Some(*kind) == entry.kind)
}

fn print(text: &mut Text, entry: &TrustEntry, Context { lang, now, .. }: Context) {
    let kind = kind(entry).map_or(UNREADABLE, |(_, _, label)| *label).text(lang);
    let named = entry.names.iter().map(|name| format!(" · {}", one_line(name)));
    text.add(Colour::Strong, format!("  {kind}"))
        .add(Colour::Plain, named.collect::<String>())
        .line(Colour::Faint, format!("  {}", short(entry.id)));
    if let Some(doc_types) = &entry.doc_types {
        let name = |id: &String| {
            document_type(id).map_or(id.as_str(), |known| known.label.text(lang)).to_owned()
        };
        let named = doc_types.iter().map(name).collect::<Vec<_>>().join(", ");
        text.line(
            Colour::Plain,
            one_line(&format!("    {}", ONLY.text(lang).replace("{}", &named))),
        );
    }
    let dated = |label: Label, time: Timestamp| {
        format!("    {}", label.text(lang).replace('#', &show_date(day(time), lang)))
    };
    if let Some(added) = entry.added {
        let source = dated(SOURCE, added).replace("{}", &one_line(&entry.source));
        text.line(Colour::Faint, source);
    }
    if let Some(until) = entry.until {
        let (colour, said) =
            if until < now { (Colour::Orange, OLD) } else { (Colour::Faint, UNTIL) };
        text.line(colour, dated(said, until));
    }
    reasons(text, Colour::Orange, &unusable(entry), lang);
}
