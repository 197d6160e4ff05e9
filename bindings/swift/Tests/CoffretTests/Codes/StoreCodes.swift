import Coffret
import Foundation

/// What brings about each code of the store.
let storeCodes: [String: Provocation] = [
  "pin-form": { try await Desk().opened().create(pin: "2749") },
  "pin-obvious": { try await Desk().opened().create(pin: "123456") },
  "pin-wrong": { try await Desk.closed().opened().unlock(pin: "111222") },
  "pin-wait": {
    let wallet = try await Desk.closed().opened()
    while try await wallet.attempts().wait == 0 {
      _ = try await refusal { try await wallet.unlock(pin: "111222") }
    }
    try await wallet.unlock(pin: World.pin)
  },
  "pin-tries-exhausted": {
    let desk = try await Desk.closed()
    let wallet = try await desk.opened()
    for _ in 0..<16 {
      _ = try await refusal { try await wallet.unlock(pin: "111222") }
      desk.time.advance(by: 100_000)
    }
    try await wallet.unlock(pin: World.pin)
  },
  "secrets-missing": {
    let desk = try await Desk.closed()
    try FileManager.default.removeItem(at: desk.keyFile)
    _ = try await desk.opened()
  },
  "secrets-of-another-wallet": {
    let desk = try await Desk.closed()
    try await Data(contentsOf: Desk.closed().keyFile).write(to: desk.keyFile)
    _ = try await desk.opened()
  },
  "secrets-malformed": {
    let desk = try await Desk.closed()
    try Data(count: 7).write(to: desk.keyFile)
    _ = try await desk.opened()
  },
  "secrets-older": {
    let desk = try await Desk.closed()
    let older = try Data(contentsOf: desk.keyFile)
    try await desk.changed()
    try await desk.changed()
    try older.write(to: desk.keyFile)
    _ = try await desk.opened()
  },
  "secrets-not-a-file": {
    let desk = try await Desk.closed()
    try FileManager.default.removeItem(at: desk.keyFile)
    try FileManager.default.createDirectory(at: desk.keyFile, withIntermediateDirectories: false)
    _ = try await desk.opened()
  },
  "secrets-unavailable": {
    let (folder, secrets) = (try Folder(), MemorySecrets())
    secrets.fail(with: SecretsError.Unavailable)
    _ = try await Wallet.open(folder: folder.url, secrets: .platform(secrets: secrets))
  },
  "saved-secrets-behind": {
    let (folder, secrets) = (try Folder(), MemorySecrets())
    let wallet = try await Wallet.open(
      folder: folder.url, secrets: .platform(secrets: secrets))
    try await wallet.create(pin: World.pin)
    secrets.fail(with: SecretsError.Unavailable)
    _ = try await wallet.addPerson(named: "Émilie")
  },
  "wallet-file-there": {
    let desk = try await Desk.closed()
    try await Wallet.eraseLostSecrets(
      folder: desk.folder.file("wallet"), secrets: .keyFile(path: desk.keyFile.path))
  },
  "wallet-file-missing": {
    let desk = try await Desk.closed()
    try FileManager.default.removeItem(at: desk.database)
    _ = try await desk.opened()
  },
  "wallet-file-truncated": {
    let desk = try await Desk.closed()
    try desk.edit { $0 = $0.prefix(4096) }
    _ = try await desk.opened()
  },
  // SQLite's page 3 is the table of the header, whose one row is at its end.
  "wallet-file-altered": {
    let desk = try await Desk.closed()
    try desk.edit { $0[3 * 4096 - 1] ^= 1 }
    try await desk.opened().unlock(pin: World.pin)
  },
  // Page 2 is the table of the records: it has none any more.
  "wallet-rows-changed": {
    let desk = try await Desk.closed()
    try desk.edit { $0.replaceSubrange(4096 + 3..<4096 + 5, with: [0, 0]) }
    try await desk.opened().unlock(pin: World.pin)
  },
  "wallet-file-older": {
    let desk = try await Desk.closed()
    let older = try Data(contentsOf: desk.database)
    try await desk.changed()
    try await desk.changed()
    try older.write(to: desk.database)
    _ = try await desk.opened()
  },
  // The version that SQLite keeps for applications.
  "wallet-format-newer": {
    let desk = try await Desk.closed()
    try desk.edit { $0[63] = 99 }
    _ = try await desk.opened()
  },
  "wallet-in-use": {
    let desk = try await Desk.closed()
    let wallet = try await desk.opened()
    defer { withExtendedLifetime(wallet) {} }
    _ = try await desk.opened()
  },
  "wallet-file-unavailable": {
    let desk = try await Desk.closed()
    try FileManager.default.removeItem(at: desk.database)
    try FileManager.default.createDirectory(at: desk.database, withIntermediateDirectories: false)
    _ = try await desk.opened()
  },
]

/// A wallet on a desktop: its files are within reach.
private struct Desk {
  let folder: Folder
  let time = FixedTime()

  init() throws {
    folder = try Folder()
  }

  /// With a wallet that is made, and closed.
  static func closed() async throws -> Desk {
    let desk = try Desk()
    let wallet = try await desk.opened()
    try await wallet.create(pin: World.pin)
    _ = try await wallet.addPerson(named: "Émilie")
    try await wallet.close()
    try await desk.changed()
    return desk
  }

  var keyFile: URL {
    folder.file("secrets")
  }

  var database: URL {
    folder.file("wallet/store")
  }

  func opened() async throws -> Wallet {
    try await Wallet.open(
      folder: folder.file("wallet"), secrets: .keyFile(path: keyFile.path), bootClock: time,
      time: time)
  }

  /// One change more, and closed again. What replaces something empties SQLite's log into the file.
  func changed() async throws {
    let wallet = try await opened()
    try await wallet.unlock(pin: World.pin)
    guard let person = try await wallet.people().first else { throw Unexpected() }
    try await wallet.renamePerson(person.id, to: "Élise")
    try await wallet.close()
  }

  /// What somebody does to the file who has it.
  func edit(_ edit: (inout Data) -> Void) throws {
    var file = try Data(contentsOf: database)
    edit(&file)
    try file.write(to: database)
  }
}
