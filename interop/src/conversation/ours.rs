use std::fs;
use std::process::{ExitStatus, Stdio};

use coffret_crypto::PublicKey;
use coffret_mdoc::DeviceAuthMethod;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value as Json, json};

use super::{Holder, Reader};
use crate::coffret::{Coffret, judged};
use crate::lines::Lines;
use crate::ours::{Ours, seen};
use crate::party::{Anchor, Credential, Fault, Seen};
use crate::specimen;

/// `coffret` on a link, a message a line.
pub(crate) struct Program {
    lines: Lines,
    /// The file of its result.
    result: String,
}

impl Program {
    fn start(coffret: &Coffret, arguments: &[&str]) -> Result<Program, Fault> {
        let result = coffret.write("result.json", "")?;
        let mut command = coffret.command();
        command.args(arguments).args(["--link", "stdio", "--result", &result]);
        let lines = Lines::start(command.stderr(Stdio::null()))?;
        Ok(Program { lines, result })
    }

    fn say(&mut self, message: &[u8]) -> Result<(), Fault> {
        self.lines.say(&HEXLOWER.encode(message))
    }

    /// A message, or why there is none.
    fn hear(&mut self) -> Result<Vec<u8>, Fault> {
        match self.lines.hear()? {
            Some(line) => Ok(HEXLOWER.decode(line.as_bytes())?),
            None => match self.end() {
                Ok(_) => Err(Fault::Failed("coffret ends without a message".to_owned())),
                Err(fault) => Err(fault),
            },
        }
    }

    /// What it says of the whole.
    fn end(&mut self) -> Result<Json, Fault> {
        let status: ExitStatus = self.lines.end()?;
        judged(status, serde_json::from_slice(&fs::read(&self.result)?)?)
    }
}

/// `SessionData` without data, `{"status": uint}`: no answer follows it.
const STATUS_ALONE: &[u8] = b"\xa1\x66status";

impl Ours<'_> {
    /// Runs a command upon the wallet of this conversation.
    fn wallet(&self, arguments: &[&str]) -> Result<Json, Fault> {
        let wallet = self.wallet.iter().map(String::as_str);
        self.coffret.run(&arguments.iter().copied().chain(wallet).collect::<Vec<_>>())
    }

    fn program(&mut self) -> Result<&mut Program, Fault> {
        self.program.as_mut().ok_or_else(|| Fault::Failed("no session has begun".to_owned()))
    }
}

impl Holder for Ours<'_> {
    fn device_key(&mut self) -> Result<PublicKey, Fault> {
        let folder = self.coffret.fresh("wallet");
        let pin = self.coffret.write("pin", "294817\n")?;
        let secrets = format!("file:{folder}.secrets");
        self.wallet = ["--wallet", &folder, "--pin-file", &pin, "--secrets", &secrets]
            .map(str::to_owned)
            .to_vec();
        self.wallet(&["init"])?;
        let keys = self.wallet(&["keys", "--count", "1"])?;
        Ok(PublicKey::from_jwk(&keys["keys"][0])?)
    }

    fn hold(&mut self, credential: Credential) -> Result<(), Fault> {
        let (Anchor::Root(root) | Anchor::Signer(root)) = credential.anchor;
        let root = self.coffret.write("issuer.pem", root)?;
        let document = self.coffret.write("issuer-signed", credential.issuer_signed)?;
        self.wallet(&["trust", "add", &root, "--purpose", "issuer"])?;
        self.wallet(&["add", "--raw", &document])?;
        Ok(())
    }

    fn engage(&mut self, method: DeviceAuthMethod) -> Result<Vec<u8>, Fault> {
        let method = match method {
            DeviceAuthMethod::Signature => "signature",
            DeviceAuthMethod::Mac => "mac",
        };
        let present = ["present", "--approve", "all", "--device-auth", method];
        let wallet = self.wallet.iter().map(String::as_str);
        let arguments: Vec<_> = present.into_iter().chain(wallet).collect();
        // One program at a time opens a wallet.
        self.program = None;
        let program = self.program.insert(Program::start(self.coffret, &arguments)?);
        let line = program.lines.hear()?.unwrap_or_default();
        let engagement = line
            .strip_prefix("mdoc:")
            .ok_or_else(|| Fault::Failed(format!("not an engagement: {line}")))?;
        Ok(BASE64URL_NOPAD.decode(engagement.as_bytes())?)
    }

    fn answer(&mut self, session_establishment: &[u8]) -> Result<Vec<u8>, Fault> {
        let program = self.program()?;
        program.say(session_establishment)?;
        let answer = program.hear()?;
        if answer.starts_with(STATUS_ALONE) {
            program.end()?;
        }
        Ok(answer)
    }

    fn part(&mut self, farewell: &[u8]) -> Result<(), Fault> {
        let program = self.program()?;
        program.say(farewell)?;
        program.end()?;
        Ok(())
    }
}

impl Reader for Ours<'_> {
    fn establish(&mut self, engagement: &[u8], anchor: &Anchor) -> Result<Vec<u8>, Fault> {
        let (flag, certificate) = match anchor {
            Anchor::Root(certificate) => ("--trust", certificate),
            Anchor::Signer(certificate) => ("--signer", certificate),
        };
        let certificate = self.coffret.write("trusted.pem", certificate)?;
        let items = json!({"docType": specimen::DOC_TYPE, "nameSpaces": specimen::intents()});
        let request = json!({"docRequests": [items]}).to_string();
        let request = self.coffret.write("request.json", request)?;
        let pki = self.pki.folder.to_string_lossy();
        let read = ["read", "--request", &request, "--reader-pki", &pki, flag, &certificate];
        let program = self.program.insert(Program::start(self.coffret, &read)?);
        program.lines.say(&format!("mdoc:{}", BASE64URL_NOPAD.encode(engagement)))?;
        program.hear()
    }

    fn read(&mut self, answer: &[u8], _: &Anchor) -> Result<(Seen, Vec<u8>), Fault> {
        let program = self.program()?;
        program.say(answer)?;
        let farewell = program.hear()?;
        let verdict = program.end()?;
        Ok((seen(&verdict["documents"][0]), farewell))
    }
}
