import CoffretCore

@testable import Coffret

/// What no sound file, disk or layer comes to: the library that the tests load fails so when told to.
let failureCodes: [String: Provocation] = [
  "password-cost", "element-not-held", "disk-full", "write-unconfirmed",
  "erased-file-left", "answer-not-sent", "wallet-record-form",
  "wallet-record-damaged", "log-form",
  "log-chain-broken", "log-length", "log-signature", "log-evidence-mismatch",
].reduce(into: [:]) { codes, code in
  codes[code] = { @Sendable in try calling { try fail(code: code) } }
}
