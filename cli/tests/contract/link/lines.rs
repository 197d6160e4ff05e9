#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use super::*;
use crate::program::codes;
#[cfg(unix)]
use crate::program::signal;

const STDIO: [&str; 2] = ["--link", "stdio"];

fn approving<'a>(how: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    present(&[&STDIO[..], &["--approve", how], more].concat())
}

fn asking<'a>(purpose: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    read(&[&STDIO[..], &["--purpose", purpose], more].concat())
}

const SIGNED: [&str; 2] = ["--reader-pki", "pki"];

#[test]
fn what_is_required_is_shown_and_verified() {
    let folder = equipped();
    let talk = talk(&folder, &approving("required", &[]), &asking("pharmacy", &SIGNED));
    let (sent, verdict) = (result(&talk.present), result(&talk.read));
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0), "{sent} {verdict}");
    assert_eq!(sent["sent"], true);
    assert_eq!(sent["outcome"], "shared");
    assert_eq!(sent["reader"]["standing"], "verified");
    let needed = ["birth_date", "expiry_date", "family_name_birth", "given_name"];
    assert_eq!(shown(&sent), [&needed[..], &["health_insurance_number"]].concat());
    assert_eq!(sent["errors"], json!([]));

    assert_eq!(verdict["valid"], true);
    let document = &verdict["documents"][0];
    assert_eq!(document["docType"], CARD);
    assert_eq!(
        (&document["deviceAuth"], &document["deviceAuthChecked"]),
        (&json!("signature"), &json!(true))
    );
    assert_eq!(elements(&verdict["documents"])[CARD]["given_name"], "Émilie");
    let missing: Vec<_> = verdict["answers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|answer| answer["given"].is_null())
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0]["asked"], json!([format!("{CARD}/family_name_spouse")]));
}

#[test]
fn standard_output_carries_messages_only() {
    let folder = equipped();
    let talk = talk(&folder, &approving("required", &[]), &asking("age-18", &SIGNED));
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    assert!(talk.from_wallet[0].starts_with("mdoc:"), "{}", talk.from_wallet[0]);
    let is_hex = |line: &String| {
        line.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    assert_eq!(talk.from_wallet.len(), 2, "engagement, response");
    assert!(talk.from_wallet[1..].iter().chain(&talk.from_reader).all(is_hex));
    assert_eq!(talk.from_reader.len(), 2, "request, status");
    for line in &talk.from_wallet {
        folder.run(&["inspect", line]).ends(0);
    }
}

#[test]
fn the_result_goes_to_a_file() {
    let folder = equipped();
    let present = approving("required", &["--result", "sent.json"]);
    let read = asking("age-18", &["--result", "read.json"]);
    let talk = talk(&folder, &present, &read);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    assert_eq!((talk.present.stderr.as_str(), talk.read.stderr.as_str()), ("", ""));
    let parsed = |name: &str| serde_json::from_str::<Json>(&folder.text(name)).unwrap();
    assert_eq!(parsed("sent.json")["sent"], true);
    assert_eq!(parsed("read.json")["valid"], true);
}

#[test]
fn a_file_that_cannot_be_made_is_said_before_anything_is_shown() {
    let folder = equipped();
    let ran = folder.run(&approving("all", &["--result", "nowhere/sent.json"])).ends(2);
    assert_eq!(codes(&result(&ran)["errors"]), ["file-unwritable"]);
    assert_eq!(ran.stdout, "", "no engagement");
}

/// full(4): a disk that is full.
#[test]
#[cfg(target_os = "linux")]
fn a_result_that_its_file_cannot_hold_is_on_standard_error() {
    let folder = equipped();
    let present = approving("required", &["--result", "/dev/full"]);
    let talk = talk(&folder, &present, &asking("age-18", &["--result", "/dev/full"]));
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    assert_eq!(result(&talk.present)["sent"], true);
    assert_eq!(result(&talk.read)["valid"], true);
    assert!(talk.present.stderr.contains("file-unwritable"), "{}", talk.present.stderr);
}

#[test]
fn people_read_it_on_standard_error_too() {
    let folder = equipped();
    let present = approving("required", &[]);
    let read = asking("age-18", &SIGNED);
    let talk = talk(&folder, &present[1..], &read[1..]);
    assert!(talk.present.stderr.starts_with("Shared\n"), "{}", talk.present.stderr);
    assert!(talk.read.stderr.starts_with("ACCEPTED\n"), "{}", talk.read.stderr);
    assert_eq!(result(&talk.read)["valid"], true);
}

#[test]
fn a_mac_is_verified_with_the_reader_s_own_key() {
    let folder = equipped();
    let talk = talk(
        &folder,
        &approving("required", &["--device-auth", "mac"]),
        &asking("age-18", &SIGNED),
    );
    let verdict = result(&talk.read);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0), "{verdict}");
    assert_eq!(verdict["documents"][0]["deviceAuth"], "mac");
    assert_eq!(verdict["documents"][0]["deviceAuthChecked"], true);
}

#[test]
fn an_age_is_answered_by_what_is_held() {
    let folder = equipped();
    let talk = talk(&folder, &approving("required", &[]), &asking("age-65", &[]));
    let (sent, verdict) = (result(&talk.present), result(&talk.read));
    assert_eq!(shown(&sent), ["age_over_65", "portrait"]);
    assert_eq!(talk.read.exit, 1);
    assert_eq!(verdict["valid"], false);
    assert_eq!(codes(&verdict["errors"]), ["not-of-age"]);
    assert_eq!(elements(&verdict["documents"]), json!({}), "nothing is shown of what is rejected");
}

#[test]
fn nothing_approved_is_a_refusal() {
    let folder = equipped();
    // Nothing is required by a reader that nobody knows and that asks for more than an age.
    for (how, purpose, more) in [
        ("none", "pharmacy", &SIGNED[..]),
        ("required", "identity", &[]),
        ("all", "filiation", &SIGNED),
    ] {
        let talk = talk(&folder, &approving(how, &[]), &asking(purpose, more));
        let (sent, verdict) = (result(&talk.present), result(&talk.read));
        assert_eq!((talk.present.exit, talk.read.exit), (1, 1), "{how} {purpose}");
        assert_eq!((&sent["sent"], &sent["outcome"]), (&json!(false), &json!("refused")));
        assert_eq!(sent["documents"], json!([]));
        assert_eq!(codes(&verdict["errors"]), ["nothing-shown"]);
        assert_eq!((&verdict["valid"], &verdict["documents"]), (&json!(false), &json!([])));
    }
}

#[test]
fn a_document_whose_copies_are_used_up_is_said_to_be() {
    let folder = crate::holder::trusting_wallet();
    folder.write("keys.json", folder.wallet(&["keys", "--count", "1"]).ends(0).stdout);
    folder.write("data.json", licence().to_string());
    let issue = ["issue", "--type", LICENCE, "--data", "data.json", "--pki", "pki", "--one-time"];
    folder.run(&[&issue[..], &["--keys", "keys.json", "--out", "licence"]].concat()).ends(0);
    folder.wallet(&["add", "licence"]).ends(0);
    let present = || talk(&folder, &approving("all", &[]), &asking("age-18", &[])).present;
    let (sent, errors) = (result(&present()), result(&present()));
    assert_eq!((&sent["outcome"], codes(&sent["errors"])), (&json!("shared"), vec![]));
    assert_eq!(errors["outcome"], "refused");
    assert_eq!(codes(&errors["errors"]), ["document-no-copy-left"]);
}

/// Whoever reads gives up while the holder is asked.
#[test]
#[cfg(unix)]
fn a_holder_is_told_that_the_reader_was_stopped() {
    let folder = equipped();
    let engagement = folder.run(&approving("all", &[])).stdout;
    let mut reader = folder.spawn(&asking("age-18", &[]), &[]);
    // Kept open: it is not the link that ends.
    let mut input = reader.stdin.take().unwrap();
    input.write_all(engagement.as_bytes()).unwrap();
    let mut lines = BufReader::new(reader.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    signal(&reader, "INT");
    assert_eq!(lines.next().unwrap().unwrap(), "a16673746174757314", "status 20");
    drop(input);
    let ran = Ran::of(reader).ends(130);
    assert_eq!(codes(&result(&ran)["errors"]), ["interrupted"]);
}

/// After which a test has failed rather than go on.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(300);

/// Until it takes what asks it to end (`proc_pid_status(5)`: the signals that are caught).
#[cfg(target_os = "linux")]
fn wait_until_it_heeds(child: &Child) {
    const INT: u64 = 1 << 1;
    let status = format!("/proc/{}/status", child.id());
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let status = fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:\t")).unwrap();
        if u64::from_str_radix(caught, 16).unwrap() & INT != 0 {
            return;
        }
        thread::yield_now();
    }
    panic!("it does not");
}

/// Whatever the link, at either end of it.
#[test]
#[cfg(target_os = "linux")]
fn whoever_is_stopped_while_nobody_is_there_says_so() {
    let folder = equipped();
    for link in ["stdio", "qr:pictures"] {
        let link = ["--link", link, "--result", "result.json"];
        let present = present(&[&link[..], &["--approve", "all"]].concat());
        let read = read(&[&link[..], &["--purpose", "age-18"]].concat());
        for command in [present, read] {
            let mut child = folder.spawn(&command, &[]);
            // Kept open: it is not the link that ends.
            let input = child.stdin.take();
            wait_until_it_heeds(&child);
            signal(&child, "INT");
            Ran::of(child).ends(130);
            drop(input);
            let result: Json = serde_json::from_str(&folder.text("result.json")).unwrap();
            assert_eq!(codes(&result["errors"]), ["interrupted"], "{command:?}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_wallet_that_nobody_reads_ends_when_it_is_asked_again() {
    let folder = equipped();
    let mut wallet = folder.spawn(&approving("all", &[]), &[]);
    let (input, output) = (wallet.stdin.take(), wallet.stdout.take());
    // Full long before the PIN is checked, and until nobody could read it any more.
    let pipe = fs::OpenOptions::new().write(true).open(format!("/proc/{}/fd/1", wallet.id()));
    let mut pipe = pipe.unwrap();
    let filling = thread::spawn(move || while pipe.write(&[0; 4096]).is_ok() {});
    wait_until_it_heeds(&wallet);
    let begun = Instant::now();
    let ended = loop {
        signal(&wallet, "INT");
        if let Some(ended) = wallet.try_wait().unwrap() {
            break ended;
        }
        if begun.elapsed() > PATIENCE {
            // By a signal, of which there is no code.
            wallet.kill().unwrap();
        }
    };
    assert_eq!(ended.code(), Some(130));
    drop((input, output));
    filling.join().unwrap();
}

#[test]
fn all_is_for_whoever_asks() {
    let folder = equipped();
    let talk = talk(&folder, &approving("all", &[]), &asking("identity", &[]));
    let sent = result(&talk.present);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0), "{sent}");
    assert_eq!(
        sent["reader"],
        json!({"standing": "none", "name": null, "registered": null, "errors": []})
    );
    assert_eq!(shown(&sent), ["birth_date", "family_name", "given_name", "portrait"]);
}

#[test]
fn another_person_s_document_is_not_what_is_required() {
    let folder = equipped();
    // Of the same name, and of another age: a child's, say.
    folder.credentials(1, &card(), &[]);
    folder.wallet(&["add", "card.cbor"]).ends(0);
    let own = folder.wallet(&["list"]).ends(0).json()["documents"][1]["id"].take();
    folder.wallet(&["remove", own.as_str().unwrap()]).ends(0);
    for more in [&[][..], &["--allow-expired"]] {
        for how in ["required", "all"] {
            let talk = talk(&folder, &approving(how, more), &asking("pharmacy", &SIGNED));
            assert_eq!((talk.present.exit, talk.read.exit), (1, 1), "{how}");
        }
    }
    // Nor is what has become of it said as if it were one's own.
    let request = json!({"docRequests": [{"docType": CARD, "nameSpaces": {CARD: {"sex": false}}}]});
    folder.write("request.json", request.to_string());
    let late = ["--now", "2030-06-01T12:00:00Z"];
    let read = read(&[&STDIO[..], &["--request", "request.json"], &late].concat());
    let talk = talk(&folder, &approving("all", &late), &read);
    assert_eq!(talk.present.exit, 1);
    assert_eq!(codes(&result(&talk.present)["errors"]), [] as [String; 0]);
}

/// A script sends what has expired only where it says so: a copy that no reader takes is not used
/// up for nothing.
#[test]
fn an_expired_document_stays_unless_it_is_allowed_to_go() {
    let folder = crate::holder::wallet_with_card(1, &["--one-time", "--days", "10"]);
    let request = json!({"docRequests": [{"docType": CARD, "nameSpaces": {CARD: {"sex": false}}}]});
    folder.write("request.json", request.to_string());
    let late = ["--now", "2026-12-24T12:00:00Z"];
    let read = read(&[&STDIO[..], &["--request", "request.json"], &late].concat());
    let copies = || folder.documents()[0]["copies"]["uses"].take();
    let talk = |more: &[&str]| {
        let talk = talk(&folder, &approving("all", &[more, &late].concat()), &read);
        (talk.present.exit, codes(&result(&talk.present)["errors"]))
    };
    assert_eq!(talk(&[]), (1, vec!["document-expired".to_owned()]));
    assert_eq!(copies(), 0, "nothing is used up");
    assert_eq!(talk(&["--allow-expired"]), (0, Vec::new()));
    assert_eq!(copies(), 1);
}

/// Whoever runs a script learns that what has left is worth nothing.
#[test]
fn a_specimen_that_is_sent_is_said_to_be_one() {
    let request = json!({"docRequests": [{"docType": CARD, "nameSpaces": {CARD: {"sex": false}}}]});
    for (purpose, is_specimen) in [("specimen", true), ("issuer", false)] {
        let folder = crate::holder::new_wallet();
        folder.run(&["pki", "pki"]).ends(0);
        folder.wallet(&["trust", "add", "pki/iaca.pem", "--purpose", purpose]).ends(0);
        folder.credentials(1, &card(), &[]);
        folder.wallet(&["add", "card.cbor"]).ends(0);
        folder.write("request.json", request.to_string());
        let read = read(&[&STDIO[..], &["--request", "request.json"]].concat());
        let sent = result(&talk(&folder, &approving("all", &[]), &read).present);
        assert_eq!(sent["documents"][0]["specimen"], is_specimen, "{sent}");
    }
}

#[test]
fn an_invalid_reader_is_refused_whatever_is_approved() {
    let folder = equipped();
    folder.run(&["pki", "old", "--now", "2019-01-01T00:00:00Z"]).ends(0);
    let read = asking("age-18", &["--reader-pki", "old"]);
    for how in ["all", "required"] {
        let talk = talk(&folder, &approving(how, &[]), &read);
        let sent = result(&talk.present);
        assert_eq!((talk.present.exit, talk.read.exit), (1, 1), "{sent}");
        assert_eq!(
            (&sent["outcome"], &sent["reader"]["standing"]),
            (&json!("refused"), &json!("invalid"))
        );
        assert_eq!(codes(&sent["reader"]["errors"]), ["certificate-expired"]);
    }
}

#[test]
fn a_free_request_gets_what_it_names() {
    let folder = equipped();
    let request = json!({"docRequests": [{"docType": CARD, "nameSpaces": {CARD: {"sex": true}}}]});
    folder.write("request.json", request.to_string());
    let read = read(&[&STDIO[..], &["--request", "request.json"], &SIGNED].concat());
    let talk = talk(&folder, &approving("all", &[]), &read);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    let verdict = result(&talk.read);
    assert_eq!(elements(&verdict["documents"]), json!({CARD: {"sex": 2}}));
    assert_eq!((&verdict["valid"], &verdict["judged"]), (&json!(true), &json!("free")));
    let answer = json!({
        "docType": CARD,
        "asked": [format!("{CARD}/sex")],
        "given": format!("{CARD}/sex"),
        "document": 0,
        "by": "issuer",
        "no": false,
    });
    assert_eq!(verdict["answers"], json!([answer]));
}

/// Nobody takes a free request for a yes: the answer says what it is.
#[test]
fn a_free_request_is_to_be_read() {
    let folder = equipped();
    let ages = json!({"age_over_65": false, "portrait": false, "wings": false});
    let request = json!({"docRequests": [{"docType": LICENCE, "nameSpaces": {ISO: ages}}]});
    folder.write("request.json", request.to_string());
    let asking = [&STDIO[..], &["--request", "request.json"]].concat();
    let asking = read(&asking);
    let talk = talk(&folder, &approving("all", &[]), &asking[1..]);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    let said = &talk.read.stderr;
    assert!(said.starts_with("VALID DOCUMENT, READ THE ANSWER\n"), "{said}");
    assert!(said.contains("the answer is no: 65 or over"), "{said}");
    assert!(said.contains("asked, not shown: wings"), "{said}");
}

/// A reader may ask twice for one type: nothing of either is dropped.
#[test]
fn one_document_answers_two_requests() {
    let folder = equipped();
    let asks = |id: &str| json!({"docType": CARD, "nameSpaces": {CARD: {id: false}}});
    let request = json!({"docRequests": [asks("sex"), asks("given_name")]});
    folder.write("request.json", request.to_string());
    let asking = read(&[&STDIO[..], &["--request", "request.json"]].concat());
    let talk = talk(&folder, &approving("all", &[]), &asking);
    assert_eq!((talk.present.exit, talk.read.exit), (0, 0));
    let sent = result(&talk.present)["documents"].take();
    assert_eq!(sent[0]["elements"], json!({CARD: ["sex"]}));
    assert_eq!(sent[1]["elements"], json!({CARD: ["given_name"]}));
    let verdict = result(&talk.read);
    assert_eq!(verdict["documents"].as_array().unwrap().len(), 2);
    let answers = verdict["answers"].as_array().unwrap().iter();
    let documents: Vec<_> = answers.map(|answer| &answer["document"]).collect();
    assert_eq!(documents, [0, 1]);
}

#[test]
fn a_first_message_that_is_none_is_unreadable() {
    let folder = equipped();
    for input in ["hello\n", "00\n", "a0\n", "\n\n82\n"] {
        let ran = folder.run_with(&approving("all", &[]), &[("LC_ALL", "en_CA")], input.as_bytes());
        assert_eq!(ran.exit, 2, "{input}");
        assert!(ran.stdout.starts_with("mdoc:"));
        assert_eq!(codes(&result(&ran)["errors"]).len(), 1);
    }
}

#[test]
fn a_reader_that_leaves_has_seen_nothing() {
    let folder = equipped();
    let ran = folder.run(&approving("all", &[])).ends(1);
    let sent = result(&ran);
    assert_eq!(
        (&sent["sent"], &sent["outcome"], &sent["reader"]),
        (&json!(false), &json!("unanswered"), &Json::Null)
    );
}

#[test]
fn what_a_reader_is_given_may_be_wrong() {
    let folder = equipped();
    folder.write("request.json", r#"{"docRequests": [{"docType": "x", "nameSpaces": {"y": 1}}]}"#);
    folder.write(
        "ages.json",
        json!({"docRequests": [{"docType": LICENCE, "nameSpaces": {ISO: {
            "age_over_18": false, "age_over_21": false, "age_over_65": false,
        }}}]})
        .to_string(),
    );
    folder.write("empty.json", r#"{"docRequests": []}"#);
    let engagement = folder.run(&approving("all", &[])).stdout;
    let run = |arguments: &[&str], input: &str| {
        let variables = [("LC_ALL", "en_CA")];
        let ran =
            folder.run_with(&read(&[&STDIO[..], arguments].concat()), &variables, input.as_bytes());
        (ran.exit, codes(&result(&ran)["errors"]))
    };
    let refused = |code: &str| vec![code.to_owned()];
    assert_eq!(run(&["--purpose", "age-18"], "mdoc:AA\n"), (2, refused("cbor-wrong-type")));
    assert_eq!(run(&["--purpose", "age-18"], "hello\n"), (2, refused("engagement-uri")));
    assert_eq!(run(&["--purpose", "age-18"], ""), (1, refused("link-silent")));
    assert_eq!(run(&["--purpose", "age-18"], &engagement), (1, refused("reading-closed")));
    assert_eq!(run(&["--purpose", "age-19"], &engagement), (2, refused("purpose-unknown")));
    assert_eq!(run(&["--request", "request.json"], &engagement), (2, refused("request-form")));
    assert_eq!(run(&["--request", "ages.json"], &engagement), (2, refused("too-many-ages")));
    assert_eq!(run(&["--request", "empty.json"], &engagement).0, 2);
    assert_eq!(run(&["--request", "missing.json"], &engagement), (2, refused("file-unreadable")));
}

#[test]
fn a_use_that_is_not_understood() {
    let folder = Folder::new();
    let purpose = ["--purpose", "age-18"];
    for arguments in [
        &["read", "--link", "stdio"][..],
        &["read", "--link", "qr:"],
        &["read", "--link", "ble", purpose[0], purpose[1]],
        &["read", purpose[0], purpose[1]],
        &["read", "--link", "qr:x", "--wait", "121", purpose[0], purpose[1]],
        &["read", "--link", "stdio", purpose[0], purpose[1], "--request", "x"],
        &["present", "--link", "stdio", "--approve", "some"],
        &["present"],
    ] {
        assert_eq!(folder.json(arguments).ends(2).codes(), ["usage"], "{arguments:?}");
    }
}
