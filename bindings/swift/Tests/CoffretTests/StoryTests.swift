import Coffret
import Foundation
import Testing

/// What an app does, from the first PIN to the last.
@Suite struct StoryTests {
  @Test func theWholeStory() async throws {
    let world = try await World()
    let wallet = world.wallet
    let document = try await world.add(copies: 2)

    let card = try #require(try await wallet.documents().first)
    #expect(card.id == document)
    #expect(card.docType == Specimen.card)
    #expect(card.label.text(in: .french) == "Carte d’assurance maladie")
    #expect(card.state == .valid)
    #expect(card.copies.all == 2)

    let outcome = try await present(world, to: try world.reader(signs: true)) { consent in
      #expect(consent.risk == .registered)
      return consent.required
    }
    guard case .read(.accepted(let documents), let answers) = outcome else { throw Unexpected() }
    #expect(documents.first?.judged.docType == Specimen.card)
    #expect(documents.first?.elements.contains { $0.text.fr == "Émilie" } == true)
    #expect(answers.contains { $0.given != nil })

    let entry = try #require(try await wallet.log().first)
    #expect(entry.outcome == .shared)
    #expect(entry.reader?.standing == .verified)
    #expect(try await wallet.verifyLog().entries == 1)
    #expect(try await wallet.notices() == [])
    let export = try await wallet.export(passphrase: "douze lettres ou plus")
    let opened = try await Wallet.openExport(export, passphrase: "douze lettres ou plus")
    #expect(opened.range(of: Data("TREM04121925".utf8)) != nil)
    #expect(export.range(of: Data("TREM04121925".utf8)) == nil)

    try await wallet.erase()
    #expect(await wallet.state == .closed)
    let again = try await world.reopened()
    #expect(await again.state == .new)
  }

  /// Over two ends of a link in memory; gives what the reader makes of it.
  private func present(
    _ world: World, to reader: Reader, decide: @escaping @Sendable (Consent) -> Approval
  ) async throws -> ReaderOutcome {
    let (here, there) = Pipe.ends()
    let session = try await world.wallet.present(.device(over: here), keys: world.keys)
    var states = session.states.makeAsyncIterator()
    guard case .showing(let engagement) = await states.next() else { throw Unexpected() }
    let reading = try await reader.read(
      .purpose(id: "pharmacy"), .engagement(uri: engagement, over: there))
    async let outcome = reading.states.first { state in
      if case .ended(let outcome) = state { outcome } else { nil }
    }
    while let state = await states.next() {
      switch state {
      case .asking(let consent): try await session.approve(decide(consent))
      case .ended(let outcome): #expect(outcome == .shared)
      default: break
      }
    }
    return try await outcome
  }
}
