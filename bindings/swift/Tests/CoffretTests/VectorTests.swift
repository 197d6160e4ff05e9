import CoffretCore
import Foundation
import Testing

/// Every vector that the core's tests publish, by the core that apps have.
@Suite struct VectorTests {
  static let files = [
    "cbor.json", "cose.json", "certificates.json", "registries.json", "documents.json",
    "requests.json", "sessions.json", "qr-link.json",
  ]

  @Test func noFileIsMissing() throws {
    let folder = Place.workspace.appending(path: "test-vectors")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.hasSuffix(".json") }.sorted() == Self.files.sorted())
  }

  @Test(arguments: files) func everyCaseIsJudgedAsPublished(file: String) throws {
    for case (let name, let json, let expected) in try Vector.cases(of: file) {
      let found = try judgeVector(file: file, json: json)
      #expect(found == expected, "\(file): \(name)")
    }
  }

  @Test func whatIsNoCaseIsRefused() {
    #expect(throws: CoffretError.Input(message: "cbor-wrong-type")) {
      try judgeVector(file: "cbor.json", json: "{")
    }
  }
}

enum Vector {
  typealias Case = (name: String, json: String, expected: VectorFound)

  /// The cases of a file: those members of an input that a case leaves out are the common ones.
  static func cases(of file: String) throws -> [Case] {
    let url = Place.workspace.appending(path: "test-vectors").appending(path: file)
    let read = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    guard let json = read as? [String: Any], let common = json["common"] as? [String: Any],
      let cases = json["cases"] as? [[String: Any]]
    else { throw Unexpected() }
    return try cases.map { each in
      guard let name = each["name"] as? String, let input = each["input"] as? [String: Any],
        let expect = each["expect"] as? [String: Any]
      else { throw Unexpected() }
      var whole = each
      whole["input"] = common.merging(input) { _, own in own }
      let text = try JSONSerialization.data(withJSONObject: whole)
      let expected = VectorFound(
        codes: expect["codes"] as? [String] ?? [], warnings: expect["warnings"] as? [String] ?? [])
      return (name, String(decoding: text, as: UTF8.self), expected)
    }
  }
}
