//! `coffret person`: the people whose documents are here.

use clap::{Args, Subcommand};
use coffret_catalogue::{Label, Lang};
use coffret_holder::{Person as Known, PersonId, Wallet, Whose};
use serde_json::{Value as Json, json};

use super::{named, short};
use crate::error::Failure;
use crate::output::{COLON, Colour, Report, Text, done, one_line};
use crate::wallet::{WalletArguments, failure};
use crate::{Context, randomness};

#[derive(Args)]
pub(crate) struct Person {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    wallet: WalletArguments,
}

#[derive(Subcommand)]
enum Action {
    List,
    Rename {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(value_name = "NAME")]
        name: String,
    },
    Merge {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(value_name = "INTO")]
        into: String,
    },
    Delete {
        #[arg(value_name = "ID")]
        id: String,
    },
    Me {
        #[arg(value_name = "ID")]
        id: String,
    },
}

const NOBODY: Label =
    Label { fr: "Personne n’a de document ici.", en: "Nobody has a document here." };
const NAMELESS: Label = Label { fr: "Sans nom", en: "Without a name" };
const ME: Label = Label { fr: "vous", en: "you" };
const INVENTED: Label = Label { fr: "SPÉCIMEN", en: "SPECIMEN" };
const DOCUMENTS: Label = Label { fr: "Documents", en: "Documents" };
const RENAMED: Label = Label { fr: "Le nom est changé.", en: "The name is changed." };
const MERGED: Label =
    Label { fr: "Les deux n’en font plus qu’une.", en: "The two are one person now." };
const DELETED: Label = Label { fr: "Retirée du portefeuille", en: "Removed from the wallet" };
const IS_ME: Label = Label { fr: "Ce portefeuille est le sien.", en: "This wallet is theirs." };

impl Person {
    pub(crate) fn run(&self, context: Context) -> Result<Report, Failure> {
        let mut wallet = self.wallet.unlock(context)?;
        let people = self.people(&wallet)?;
        let found = |given: &str| {
            let unknown = || failure(coffret_holder::Error::UnknownPerson, given);
            named(given, people.iter().map(|person| person.id)).ok_or_else(unknown)
        };
        let mut rng = randomness()?;
        let (words, whom, done) = match &self.action {
            Action::List => return Ok(list(&people, context.lang)),
            Action::Rename { id, name } => {
                let id = found(id)?;
                (RENAMED, id, wallet.rename_person(id, name, &mut rng))
            }
            Action::Merge { id, into } => {
                let (id, into) = (found(id)?, found(into)?);
                (MERGED, into, wallet.merge_people(id, into, &mut rng))
            }
            Action::Delete { id } => {
                let id = found(id)?;
                wallet.delete_person(id, &mut rng).map_err(|error| self.wallet.failure(error))?;
                return Ok(deleted(&people, id, context.lang));
            }
            Action::Me { id } => {
                let id = found(id)?;
                (IS_ME, id, wallet.set_holder(id, &mut rng))
            }
        };
        done.map_err(|error| self.wallet.failure(error))?;
        let people = self.people(&wallet)?;
        Ok(changed(words, &people, whom, context.lang))
    }

    fn people(&self, wallet: &Wallet) -> Result<Vec<Known>, Failure> {
        wallet.people().map_err(|error| self.wallet.failure(error))
    }
}

fn list(people: &[Known], lang: Lang) -> Report {
    let mut text = Text::default();
    people.iter().for_each(|person| print(&mut text, person, lang));
    if people.is_empty() {
        text.line(Colour::Strong, NOBODY.text(lang));
    }
    done(text, json!({"people": people.iter().map(to_json).collect::<Json>()}))
}

fn changed(words: Label, people: &[Known], whom: PersonId, lang: Lang) -> Report {
    let mut text = Text::default();
    text.line(Colour::Green, words.text(lang));
    let person = people.iter().find(|person| person.id == whom);
    person.into_iter().for_each(|person| print(&mut text, person, lang));
    done(text, json!({"person": person.map(to_json)}))
}

fn deleted(people: &[Known], whom: PersonId, lang: Lang) -> Report {
    let mut text = Text::default();
    text.line(Colour::Green, DELETED.text(lang));
    let person = people.iter().find(|person| person.id == whom);
    person.into_iter().for_each(|person| print(&mut text, person, lang));
    done(text, json!({"deleted": whom.to_string()}))
}

fn print(text: &mut Text, person: &Known, lang: Lang) {
    let name = person.name.as_deref().unwrap_or(NAMELESS.text(lang));
    let who = match person.whose {
        Whose::Holder => Some((Colour::Green, ME)),
        Whose::Nobody => Some((Colour::Orange, INVENTED)),
        Whose::Other => None,
    };
    text.add(Colour::Strong, one_line(name)).add(Colour::Faint, format!("  {}", short(person.id)));
    if let Some((colour, who)) = who {
        text.add(colour, format!("  {}", who.text(lang)));
    }
    text.line(Colour::Plain, "");
    let documents = format!("  {}{} {}", DOCUMENTS.text(lang), COLON.text(lang), person.documents);
    text.line(Colour::Faint, documents);
}

/// `{"id", "name", "me", "specimen", "documents"}`
fn to_json(person: &Known) -> Json {
    json!({
        "id": person.id.to_string(),
        "name": person.name,
        "me": person.whose == Whose::Holder,
        "specimen": person.whose == Whose::Nobody,
        "documents": person.documents,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented person is said to be one, and is never “you”.
    #[test]
    fn a_person_is_said_to_be_who_it_is() {
        for (whose, me, specimen, said) in [
            (Whose::Holder, true, false, Some("vous")),
            (Whose::Nobody, false, true, Some("SPÉCIMEN")),
            (Whose::Other, false, false, None),
        ] {
            let person = Known {
                id: PersonId::from([1; 16]),
                name: Some("Rose Tremblay".to_owned()),
                whose,
                documents: 2,
            };
            let json = to_json(&person);
            assert_eq!((&json["me"], &json["specimen"]), (&json!(me), &json!(specimen)));
            assert_eq!((&json["name"], &json["documents"]), (&json!("Rose Tremblay"), &json!(2)));
            let mut text = Text::default();
            print(&mut text, &person, Lang::French);
            let text = format!("{text:?}");
            for word in ["vous", "SPÉCIMEN"] {
                assert_eq!(text.contains(word), said == Some(word), "{word}: {text}");
            }
        }
    }
}
