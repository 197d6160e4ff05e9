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
    .merging(sessionCodes) { one, _ in one }.merging(failureCodes) { one, _ in one }

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
    #expect(Set(Catalogue.codes.map(\.name)).subtracting(provoked) == [])
  }
}
