import Coffret
import Foundation

/// A folder with a wallet in it that trusts the issuer, at a time that stands still.
struct World {
  static let pin = "271828"

  let folder: Folder
  let secrets = MemorySecrets()
  let time: FixedTime
  let issuer: Issuer
  let wallet: Wallet
  let keys: SoftwareKeyExecutor

  /// With a wallet that is made, open and empty.
  init() async throws {
    try await self.init(at: FixedTime.noon, issuer: Issuer.shared.get())
  }

  init(at now: Date, issuer: Issuer) async throws {
    folder = try Folder()
    time = FixedTime(at: now)
    self.issuer = issuer
    wallet = try await Wallet.open(
      folder: folder.file("wallet"), secrets: .platform(secrets: secrets), bootClock: time,
      time: time)
    keys = SoftwareKeyExecutor(wallet)
    try await wallet.create(pin: Self.pin)
    for data in try issuer.trust() {
      try await wallet.importTrust(data, source: "pki")
    }
  }

  /// The same wallet in another object.
  func reopened() async throws -> Wallet {
    try await Wallet.open(
      folder: folder.file("wallet"), secrets: .platform(secrets: secrets), bootClock: time,
      time: time)
  }

  /// Adds a document.
  @discardableResult
  func add(
    _ specimen: Specimen = .card(), copies: UInt8 = 1, days: Int = 365, oneTime: Bool = false
  ) async throws -> DocumentId {
    let made = try await wallet.prepareKeys(copies, using: keys)
    let card = try issuer.issue(specimen, to: made, days: days, oneTime: oneTime)
    guard case .held(let documents) = try await wallet.add(card), let document = documents.first
    else { throw Unexpected() }
    return document
  }

  /// A reader that trusts the issuer; one that signs says who it is.
  func reader(signs: Bool = false) throws -> Reader {
    guard signs else { return try Reader(trust: try issuer.trust(), time: time) }
    return try reader(named: "reader")
  }

  /// A reader that shows a certificate of the issuer's infrastructure.
  func reader(named name: String) throws -> Reader {
    let keys = try SoftwareKeys()
    let key = try keys.insert(pem: String(decoding: try issuer.pki("\(name).key"), as: UTF8.self))
    let certificate = String(decoding: try issuer.pki("\(name).pem"), as: UTF8.self)
    let identity = ReaderIdentity(key: key, certificate: certificate, keys: keys)
    return try Reader(trust: try issuer.trust(), identity: identity, time: time)
  }
}

/// What a test did not expect.
struct Unexpected: Error {}

extension AsyncSequence {
  /// The first that says something.
  func first<Found>(_ find: (Element) throws -> Found?) async throws -> Found {
    for try await element in self {
      if let found = try find(element) {
        return found
      }
    }
    throw Unexpected()
  }
}
