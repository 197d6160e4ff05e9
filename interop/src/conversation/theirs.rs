use coffret_crypto::PublicKey;
use coffret_mdoc::DeviceAuthMethod;
use getrandom::SysRng;
use rand_core::UnwrapErr;
use serde_json::json;

use super::{Holder, Reader};
use crate::party::{Anchor, Credential, Fault, Seen};
use crate::session::Device;
use crate::specimen;
use crate::theirs::{Theirs, hex, only_document, seen, unhex};

impl Holder for Theirs {
    fn device_key(&mut self) -> Result<PublicKey, Fault> {
        let device = Device::new(&mut UnwrapErr(SysRng))?;
        let key = device.public.clone();
        self.holding["deviceKey"] = device.jwk;
        Ok(key)
    }

    fn hold(&mut self, credential: Credential) -> Result<(), Fault> {
        self.holding["issuerSigned"] = json!(hex(&credential.issuer_signed));
        Ok(())
    }

    fn engage(&mut self, method: DeviceAuthMethod) -> Result<Vec<u8>, Fault> {
        self.holding["method"] = json!(match method {
            DeviceAuthMethod::Signature => "signature",
            DeviceAuthMethod::Mac => "mac",
        });
        unhex(&self.driver.ask("engage", json!({}))?, "deviceEngagement")
    }

    fn answer(&mut self, session_establishment: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut question = self.holding.clone();
        question["sessionEstablishment"] = json!(hex(session_establishment));
        question["roots"] = json!([self.our_reader_root]);
        unhex(&self.driver.ask("answer", question)?, "sessionData")
    }

    fn part(&mut self, farewell: &[u8]) -> Result<(), Fault> {
        self.driver.ask("part", json!({"sessionData": hex(farewell)}))?;
        Ok(())
    }
}

impl Reader for Theirs {
    fn establish(&mut self, engagement: &[u8], _: &Anchor) -> Result<Vec<u8>, Fault> {
        let question = json!({
            "deviceEngagement": hex(engagement),
            "docType": specimen::DOC_TYPE,
            "nameSpaces": specimen::intents(),
            "reader": self.reader,
        });
        unhex(&self.driver.ask("establish", question)?, "sessionEstablishment")
    }

    fn read(&mut self, answer: &[u8], anchor: &Anchor) -> Result<(Seen, Vec<u8>), Fault> {
        let (Anchor::Root(root) | Anchor::Signer(root)) = anchor;
        let question = json!({"sessionData": hex(answer), "roots": [root]});
        let answer = self.driver.ask("read", question)?;
        let farewell = unhex(&answer, "sessionData")?;
        Ok((seen(&only_document(answer)?), farewell))
    }
}
