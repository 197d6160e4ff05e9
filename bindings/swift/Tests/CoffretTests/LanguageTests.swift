import Coffret
import Foundation
import Testing

/// Whatever people are told, they are told in both languages.
@Suite struct LanguageTests {
  private func isSaid(_ label: Label) -> Bool {
    !label.text(in: .french).isEmpty && !label.text(in: .english).isEmpty
  }

  @Test func everyCodeHasItsSentences() {
    #expect(Catalogue.codes.count > 150)
    for code in Catalogue.codes {
      #expect(isSaid(code.happened) && code.happened.fr != code.happened.en, "\(code.name)")
      #expect(isSaid(code.next) && code.next.fr != code.next.en, "\(code.name)")
      #expect(code.number.hasPrefix("CW-") && !code.clause.isEmpty)
    }
  }

  @Test func noCodeIsThereTwice() {
    #expect(Set(Catalogue.codes.map(\.name)).count == Catalogue.codes.count)
    #expect(Set(Catalogue.codes.map(\.number)).count == Catalogue.codes.count)
  }

  @Test func everyPurposeHasAName() {
    #expect(Catalogue.purposes.map(\.id).contains("pharmacy"))
    for purpose in Catalogue.purposes {
      #expect(isSaid(purpose.label) && !purpose.docType.isEmpty)
    }
  }

  @Test func everyElementOfADocumentHasAName() async throws {
    let world = try await World()
    let document = try await world.wallet.document(try await world.add())
    #expect(document.errors == [])
    for element in document.elements {
      #expect(isSaid(element.label) && isSaid(element.text))
      #expect(element.group.map(isSaid) == true)
    }
  }

  @Test func anErrorSaysWhatHappenedAndWhatToDo() async throws {
    let world = try await World()
    try await world.wallet.lock()
    let error = try await refusal { try await world.wallet.unlock(pin: "314159") }
    #expect(error.kind == .pin && error.code == "pin-wrong")
    let sentences = try #require(error.sentences)
    #expect(sentences.number == "CW-703")
    #expect(error.description(in: .french) == sentences.happened.fr)
    #expect(error.description(in: .english) == sentences.happened.en)
    #expect(error.localizedDescription == sentences.happened.text())
    #expect(error.recoverySuggestion == sentences.next.text())
  }
}

/// The error that a call is refused with.
func refusal<Result>(_ call: () async throws -> Result) async throws -> CoffretError {
  do {
    _ = try await call()
  } catch let error as CoffretError {
    return error
  }
  throw Unexpected()
}
