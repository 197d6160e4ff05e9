//! Writes the vectors of this folder from a seed, or with `--check` says whether they are as the
//! seed makes them.
//!
//! With `answer specimen|altered|device|open FOLDER` it answers the code of a reader that looks at pictures, in frames,
//! a line each, as no wallet of ours does.
//!
//! Messages are put together here from CBOR items and COSE signatures, not by the code that makes or
//! judges documents, responses and requests.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it runs on its own data: what cannot be made must stop it"
)]

mod answer;
mod case;
mod cbor;
mod certificate;
mod cose;
mod document;
mod plan;
mod qr_link;
mod registry;
mod request;
mod session;
mod world;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use world::World;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["answer", oddity, issuer] = arguments.as_slice() {
        println!("{}", answer::answer(oddity, Path::new(issuer))?.join("\n"));
        return Ok(ExitCode::SUCCESS);
    }
    let check = arguments == ["--check"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let world = World::new()?;
    let files = [
        cbor::file(),
        cose::file(),
        certificate::file(),
        registry::file(),
        document::file(&world),
        request::file(&world),
        session::file(&world),
        qr_link::file(&world),
    ];
    let mut stale = 0;
    for file in &files {
        let (path, text) = (folder.join(file.name), file.text());
        if check {
            let current = std::fs::read_to_string(&path).unwrap_or_default();
            if current != text {
                eprintln!(
                    "{} is not what its generator makes: run `cargo xtask vectors`",
                    file.name
                );
                stale += 1;
            }
        } else {
            std::fs::write(&path, text)?;
            println!("{}: {} cases", file.name, file.cases.len());
        }
    }
    Ok(if stale == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;
