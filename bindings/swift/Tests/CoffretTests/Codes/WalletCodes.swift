import Coffret
import CoffretCore
import Foundation

private let nobody = String(repeating: "0", count: 32)

/// What brings about each code of a wallet. A refusal is told as its first.
let walletCodes: [String: Provocation] = [
  "document-unknown": {
    _ = try await World().wallet.document(DocumentId(rawValue: nobody))
  },
  "person-unknown": {
    try await World().wallet.renamePerson(PersonId(rawValue: "nobody"), to: "Émilie")
  },
  "trust-data-unknown": {
    try await World().wallet.removeTrust(TrustId(rawValue: nobody))
  },
  "person-name": {
    _ = try await World().wallet.addPerson(named: "")
  },
  "person-has-documents": {
    let world = try await World()
    try await world.add()
    guard let person = try await world.wallet.people().first else { throw Unexpected() }
    try await world.wallet.deletePerson(person.id)
  },
  "person-is-holder": {
    let wallet = try await World().wallet
    let me = try await wallet.addPerson(named: "Émilie")
    _ = try await wallet.addPerson(named: "Élise")
    try await wallet.deletePerson(me)
  },
  "person-of-specimens": {
    let world = try await World()
    for trusted in try await world.wallet.trustList() where trusted.kind == .issuers {
      try await world.wallet.removeTrust(trusted.id)
    }
    let root = TrustData(kind: .specimens, content: try world.issuer.pki("iaca.pem"))
    try await world.wallet.importTrust(root, source: "pki")
    try await world.add()
    guard let person = try await world.wallet.people().first else { throw Unexpected() }
    try await world.wallet.setHolder(person.id)
  },
  "auto-lock-delay": {
    try await World().wallet.setAutoLock(.seconds(7_200))
  },
  "trust-data-too-large": {
    let content = Data(repeating: 0x20, count: 5 * 1024 * 1024)
    let data = TrustData(kind: .readers, content: content)
    try await World().wallet.importTrust(data, source: "test")
  },
  "credential-form": {
    _ = try await World().wallet.add(Data([1]))
  },
  // An array of 256 empty maps.
  "credential-too-many": {
    _ = try await World().wallet.add(Data([0x99, 1, 0]) + Data(repeating: 0xa0, count: 256))
  },
  "credential-key-foreign": {
    let (one, other) = (try await World(), try await World())
    let keys = try await one.wallet.prepareKeys(1, using: one.keys)
    try await other.held(try other.issuer.issue(to: keys))
  },
  "credential-key-used": {
    let world = try await World()
    let keys = try await world.wallet.prepareKeys(1, using: world.keys)
    try await world.held(try world.issuer.issue(to: keys))
    try await world.held(try world.issuer.issue(to: keys, days: 30))
  },
  "credential-already-held": {
    let world = try await World()
    let keys = try await world.wallet.prepareKeys(1, using: world.keys)
    let card = try world.issuer.issue(to: keys)
    try await world.held(card)
    try await world.held(card)
  },
  "credential-copies-too-many": {
    let world = try await World()
    for _ in 0..<3 {
      let keys = try await world.wallet.prepareKeys(255, using: world.keys)
      try await world.held(try world.issuer.issue(to: keys))
    }
  },
  "key-tasks-mismatch": {
    let world = try await World()
    _ = try await world.wallet.prepareKeys(1, using: ScriptedKeys(world.keys, { _ in [] }))
  },
  "key-not-made": {
    let world = try await World()
    let keys = ScriptedKeys(world.keys, { tasks in tasks.map { _ in .gone } })
    _ = try await world.wallet.prepareKeys(1, using: keys)
  },
  "key-outcome-spent": {
    let world = try await World()
    let task = Coffret.KeyTask.create(key: KeyId(rawValue: nobody), curve: .p256)
    let done = try await Coffret.SoftwareKeys().perform([task])
    let keys = ScriptedKeys(world.keys, { _ in done }, { _ in done })
    _ = try await world.wallet.prepareKeys(1, using: keys)
    _ = try await world.wallet.prepareKeys(1, using: keys)
  },
  "export-passphrase-short": {
    _ = try await World().wallet.export(passphrase: "court")
  },
  "export-form": {
    _ = try await Coffret.Wallet.openExport(Data([0xf6]), passphrase: "douze lettres ou plus")
  },
  "export-sealed": {
    let export = try await World().wallet.export(passphrase: "douze lettres ou plus")
    _ = try await Coffret.Wallet.openExport(export, passphrase: "treize lettres ou plus")
  },
  "log-entry-unknown": {
    try await World().wallet.deleteLog([7])
  },
  "object-closed": {
    let wallet = try await World().wallet
    try await wallet.close()
    _ = try await wallet.documents()
  },
  "wallet-not-open": {
    let wallet = try await World().wallet
    try await wallet.lock()
    _ = try await wallet.documents()
  },
  "wallet-not-locked": {
    try await World().wallet.unlock(pin: World.pin)
  },
  "wallet-made-already": {
    try await World().wallet.create(pin: World.pin)
  },
  "call-from-inside": {
    let (folder, secrets) = (try Folder(), MemorySecrets())
    let wallet = try CoffretCore.Wallet.open(
      folder: folder.file("wallet").path, secrets: .platform(secrets: secrets))
    let said = AsyncStream<String>.makeStream()
    secrets.interrupt {
      do {
        _ = try wallet.state()
      } catch CoffretCore.CoffretError.State(let code) {
        said.continuation.yield(code)
      } catch {}
      said.continuation.finish()
    }
    try wallet.create(pin: World.pin)
    throw Told(code: try await said.stream.first { $0 })
  },
  "internal-fault": {
    let folder = try Folder()
    let wallet = try CoffretCore.Wallet.open(
      folder: folder.file("wallet").path,
      secrets: .keyFile(path: folder.file("secrets").path))
    try wallet.create(pin: World.pin)
    do {
      try wallet.panic()
    } catch CoffretCore.CoffretError.Internal(let code) {
      throw Told(code: code)
    }
  },
]

extension World {
  /// Takes a credential, or says the first reason why not.
  fileprivate func held(_ credential: Data) async throws {
    if case .refused(refusals: let refusals) = try await wallet.add(credential) {
      throw Told(code: refusals.first?.finding.code ?? "none")
    }
  }
}
