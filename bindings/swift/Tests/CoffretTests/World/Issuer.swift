import Coffret
import Foundation

/// The test issuer: the product's own command line, with a public key infrastructure of its own.
final class Issuer: Sendable {
  /// One for all tests: what it signs is another document each time.
  static let shared = Result { try Issuer(at: FixedTime.noon) }

  private let folder: Folder
  private let now: Date

  init(at now: Date) throws {
    self.now = now
    folder = try Folder()
    try run(["pki", "pki"])
  }

  /// Whom wallets and readers trust: the issuer, the registrar and its registry of readers.
  func trust() throws -> [TrustData] {
    [
      TrustData(kind: .issuers, content: try pki("iaca.pem")),
      TrustData(kind: .registrars, content: try pki("registry.pem")),
      TrustData(kind: .registry, content: try pki("readers.cose")),
    ]
  }

  func pki(_ name: String) throws -> Data {
    try Data(contentsOf: folder.file("pki/\(name)"))
  }

  /// The root, and in the same file the list that revokes its signer, or the beginning of it.
  func rootWithList(bytes: Int = .max) throws -> Data {
    let list = try pki("ds-revoked.crl").prefix(bytes).base64EncodedString()
    let section = "-----BEGIN X509 CRL-----\n\(list)\n-----END X509 CRL-----\n"
    return try pki("iaca.pem") + Data(section.utf8)
  }

  /// The revocation list of a namesake of the issuer, which proves nothing of what the issuer signs.
  func listOfNamesake() throws -> Data {
    let name = "namesake-\(UUID().uuidString)"
    try run(["pki", name])
    return try Data(contentsOf: folder.file("\(name)/ds-revoked.crl"))
  }

  /// A credential for each of these device keys.
  func issue(
    _ specimen: Specimen = .card(), to keys: [Data], days: Int = 365, oneTime: Bool = false
  ) throws -> Data {
    let name = UUID().uuidString
    try specimen.data.write(to: folder.file("\(name).data"))
    let jwks = ["keys": try keys.map(Self.jwk)]
    try JSONSerialization.data(withJSONObject: jwks).write(to: folder.file("\(name).keys"))
    let files = ["--data", "\(name).data", "--keys", "\(name).keys", "--out", "\(name).cbor"]
    let validity = ["--days", String(days)] + (oneTime ? ["--one-time"] : [])
    try run(["issue", "--type", specimen.docType, "--pki", "pki"] + files + validity)
    return try Data(contentsOf: folder.file("\(name).cbor"))
  }

  /// Of the DER of a SubjectPublicKeyInfo, which ends with x ‖ y: 91 bytes of P-256, 120 of P-384.
  private static func jwk(_ key: Data) throws -> [String: String] {
    let curves = [91: ("P-256", 32), 120: ("P-384", 48)]
    guard let (curve, size) = curves[key.count] else { throw Unexpected() }
    let (x, y) = (key.suffix(2 * size).prefix(size), key.suffix(size))
    return ["kty": "EC", "crv": curve, "x": base64url(x), "y": base64url(y)]
  }

  private static func base64url(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private struct Failed: Error {
    let said: String
  }

  private func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = Place.program
    process.arguments = ["--json", "--now", now.ISO8601Format()] + arguments
    process.currentDirectoryURL = folder.url
    let output = Foundation.Pipe()
    process.standardOutput = output
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(said: String(decoding: said, as: UTF8.self))
    }
  }
}
