//! A wallet that is killed at any moment has lost nothing that it acknowledged, and uses no
//! one-time copy twice.
//!
//! A child process shows a document over and over. Once bytes are to leave the wallet, it says on a
//! pipe which copy the reader saw, and in which session. `COFFRET_KILLS` sets how often it dies.

use std::collections::HashSet;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use coffret_cbor::Item;
use coffret_holder::{Effect, Engage, Event, Reuse, Wallet};
use coffret_mdoc::{DeviceAuthMethod, DeviceRequest, DocRequest, IntentToRetain, ItemsRequest};
use coffret_proximity::{DeviceEngagement, Establishing};
use coffret_store::{Cost, Opened};
use data_encoding::HEXLOWER;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::program::Folder;
use crate::wallet::{self, Issuer, open, unlock};

const KILLS: usize = 100;
const DOC_TYPE: &str = "ca.coffret.test.1";
const NAMESPACE: &str = "ca.coffret.test";
const ELEMENT: &str = "given_name";
/// Where the child finds its wallet.
const FOLDER: &str = "COFFRET_CRASH_FOLDER";
const SEED: &str = "COFFRET_CRASH_SEED";
/// The most acknowledgements that a child is sure to give.
const SURE: u32 = 4;
/// More copies than that, and how many are added at once.
const COPIES: u8 = 24;

#[test]
fn no_kill_loses_or_uses_twice() {
    let kills = env::var("COFFRET_KILLS").ok().map_or(KILLS, |kills| kills.parse().unwrap());
    let folder = Folder::new();
    let place = folder.path("wallet");
    let rng = &mut ChaCha20Rng::from_seed([9; 32]);
    let issuer = Issuer::new(rng);
    let data = [(NAMESPACE, ELEMENT, "Émilie".into())].into_iter().collect();
    let Opened::New(blank) = open(&place) else { panic!("there is a wallet already") };
    let store = blank.create(&wallet::pin(), Cost::MIN, rng).unwrap();
    let mut wallet = Wallet::open(store).unwrap();
    issuer.is_trusted_by(&mut wallet, rng);

    let (mut copies, mut sessions) = (HashSet::new(), HashSet::new());
    let (mut left, mut answered) = (0, 0);
    let mut pace = Duration::from_millis(20);
    for kill in 0..kills {
        if left <= u64::from(SURE) {
            let (reuse, copies) = (Reuse::OneTime, COPIES);
            let credentials = issuer.issue(&mut wallet, DOC_TYPE, &data, reuse, copies, rng);
            wallet.add(&credentials, wallet::now(), rng).unwrap();
        }
        drop(wallet);
        for (copy, session) in until_killed(&place, kill as u64, &mut pace, rng) {
            assert!(copies.insert(copy), "kill {kill}: a copy was used twice");
            sessions.insert(session);
        }
        wallet = unlock(&place);
        let log = wallet.log().unwrap();
        let evidence = log.iter().map(|(_, entry)| entry.evidence.as_ref().unwrap());
        let logged: HashSet<_> =
            evidence.map(|evidence| HEXLOWER.encode(evidence.transcript.as_bytes())).collect();
        assert!(sessions.is_subset(&logged), "kill {kill}: the log has lost an entry");
        let [card] = wallet.documents(wallet::now()).unwrap().try_into().unwrap();
        let used = card.copies.all - card.copies.left;
        assert_eq!(used, log.len() as u64, "kill {kill}: a copy and its entry are one commit");
        (left, answered) = (card.copies.left, used);
    }
    wallet.verify_log(wallet::now(), rng).unwrap();
    assert!(sessions.len() > kills, "the child lives long enough to show something");
    println!("{kills} kills, {} acknowledged of {answered} answered", sessions.len());
}

/// What a child has acknowledged until it is killed: after some acknowledgements, and as much time
/// again as up to two of them take.
fn until_killed(
    place: &Path,
    seed: u64,
    pace: &mut Duration,
    rng: &mut ChaCha20Rng,
) -> Vec<(String, String)> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["crash::child", "--exact", "--ignored", "--nocapture"])
        .envs([(FOLDER, place.as_os_str())])
        .env(SEED, seed.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let acknowledged = |line: String| {
        let (copy, session) = line.split_once("shown ")?.1.split_once(' ')?;
        Some((copy.to_owned(), session.to_owned()))
    };
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut shown = output.lines().map_while(Result::ok).filter_map(acknowledged);
    let enough = rng.next_u32() % (SURE + 1);
    let mut all: Vec<_> = shown.by_ref().take(enough as usize).collect();
    assert_eq!(all.len(), enough as usize, "the child ends by itself");
    if enough > 0 {
        *pace = began.elapsed() / (enough + 1);
    }
    thread::sleep(2 * *pace * (rng.next_u32() % 1000) / 1000);
    child.kill().unwrap();
    all.extend(shown);
    child.wait().unwrap();
    all
}

#[test]
#[ignore = "the child of the test above"]
fn child() {
    let Some(place) = env::var_os(FOLDER) else { return };
    let seed = env::var(SEED).unwrap().parse().unwrap();
    let rng = &mut ChaCha20Rng::seed_from_u64(seed);
    let mut wallet = unlock(Path::new(&place));
    while wallet.documents(wallet::now()).unwrap()[0].copies.left > 0 {
        show(&mut wallet, rng);
    }
    // Until it is killed, or whoever began it is gone.
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// One presentation, with the reader beside it.
fn show(wallet: &mut Wallet, rng: &mut ChaCha20Rng) {
    let (now, method) = (wallet::now(), DeviceAuthMethod::Signature);
    let (mut presentation, effects) = wallet.present(Engage::Device, method, now, rng).unwrap();
    let [Effect::Show(uri)] = effects.as_slice() else { panic!("{effects:?}") };
    let asked = [(NAMESPACE, ELEMENT, IntentToRetain::NotRetained)];
    let request = DocRequest::unsigned(&ItemsRequest::new(DOC_TYPE, asked)).unwrap();
    let request = DeviceRequest::new(vec![request]).encoded();
    let engagement = DeviceEngagement::from_uri(uri).unwrap();
    let reader = Establishing::new(&engagement, rng).unwrap();
    let (mut reader, establishment) = reader.establish(request.as_bytes()).unwrap();

    let mut event = Event::Received(establishment);
    let sent = loop {
        let mut effects = wallet.step(&mut presentation, event, now, rng).unwrap();
        let at = effects.iter().position(|effect| !matches!(effect, Effect::WakeAt(_))).unwrap();
        event = match effects.swap_remove(at) {
            Effect::Ask(consent) => Event::Approved(consent.everything()),
            Effect::UseKeys(tasks) => {
                let done = tasks.iter().map(|task| wallet.perform(task, rng).unwrap());
                Event::KeysDone(done.collect())
            }
            Effect::Send(message) => break message,
            effect => panic!("{effect:?}"),
        };
    };

    let session = HEXLOWER.encode(reader.transcript().tagged().as_bytes());
    let response = reader.open(&sent).unwrap().data.unwrap();
    let line = format!("shown {} {session}\n", HEXLOWER.encode(&signature(&response)));
    // At once, so that no half of it is read.
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// The issuer's, by which any two copies differ.
fn signature(response: &[u8]) -> Vec<u8> {
    let documents = Item::parse(response).unwrap().map().unwrap().require("documents").unwrap();
    let [document] = documents.array().unwrap().exactly().unwrap();
    let issuer_signed = document.map().unwrap().require("issuerSigned").unwrap().map().unwrap();
    let issuer_auth = issuer_signed.require("issuerAuth").unwrap().array().unwrap();
    let [.., signature] = issuer_auth.exactly::<4>().unwrap();
    signature.byte_string().unwrap().into_owned()
}
