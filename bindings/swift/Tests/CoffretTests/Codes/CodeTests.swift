import Coffret
import Foundation
import Testing

/// What brings about a code.
typealias Provocation = @Sendable () async throws -> Void

/// A code that is a result, and not an error.
struct Told: Error {
  let code: String
}

/// Every code, provoked.
@Suite struct CodeTests {
  static let provocations = storeCodes.merging(walletCodes) { one, _ in one }
    .merging(sessionCodes) { one, _ in one }

  /// What no call of this library comes to: the core's own tests provoke these.
  static let notFromHere: Set = [
    // The cost of a password is the core's own.
    "password-cost",
    // An approval is held against the consent before a document is asked for elements.
    "element-not-held",
    // A disk that fills is not made here.
    "disk-full",
    // The store refuses a file that was edited before a record is read.
    "wallet-record-form", "log-form", "log-chain-broken", "log-length", "log-signature",
    "log-evidence-mismatch",
  ]

  @Test(arguments: provocations.keys.sorted()) func eachIsSaid(code: String) async throws {
    let provoke = try #require(Self.provocations[code])
    do {
      try await provoke()
      Issue.record("nothing was said")
    } catch let error as CoffretError {
      #expect(error.code == code)
      #expect(error.sentences?.name == code)
    } catch let told as Told {
      #expect(told.code == code)
    }
  }

  @Test func noneIsMissing() throws {
    var provoked = Set(Self.provocations.keys)
    for file in VectorTests.files {
      for (_, _, expected) in try Vector.cases(of: file) {
        provoked.formUnion(expected.codes + expected.warnings)
      }
    }
    let known = Set(Catalogue.codes.map(\.name))
    #expect(known.subtracting(provoked).subtracting(Self.notFromHere) == [])
    #expect(Self.notFromHere.subtracting(known) == [])
    #expect(Self.notFromHere.intersection(provoked) == [])
  }
}
