import Coffret
import Foundation
import Testing

/// Ends that nobody wished for, and those that somebody did.
@Suite(.timeLimit(.minutes(5))) struct SessionTests {
  @Test func leavingTheStatesGivesUpAndTellsTheReader() async throws {
    let world = try await World()
    try await world.add(oneTime: true)
    let meeting = try await Meeting(world)
    let watching = Task {
      for await _ in meeting.session.states {}
    }
    watching.cancel()
    await watching.value
    guard case .unanswered("reading-closed") = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(try await world.wallet.documents().first?.copies.left == 1)
    #expect(try await world.wallet.log().first?.outcome == .unanswered)
  }

  @Test func aSessionThatIsDroppedIsGivenUp() async throws {
    let world = try await World()
    var session: PresentationSession?
    let (here, there) = Pipe.ends()
    session = try await world.wallet.present(.device(over: here), keys: world.keys)
    let engagement = try await session?.states.first { state in
      if case .showing(let engagement) = state { engagement } else { nil }
    }
    let reading = try await world.reader().read(
      .purpose(id: "pharmacy"), .engagement(uri: try #require(engagement), over: there))
    _ = try await session?.asked()
    session = nil
    guard case .unanswered("reading-closed") = try await reading.ended()
    else { throw Unexpected() }
  }

  @Test func givingUpBeforeAReaderComesSaysNothing() async throws {
    let world = try await World()
    let session = try await world.wallet.present(
      .device(over: Pipe.ends().0), keys: world.keys)
    await session.giveUp()
    #expect(try await session.ended() == .unanswered)
    #expect(try await world.wallet.log() == [])
    await session.giveUp()
    try await session.refuse()
  }

  @Test func aReaderThatGivesUpTellsTheHolder() async throws {
    let world = try await World()
    let meeting = try await Meeting(world)
    await meeting.reading.giveUp()
    guard case .unanswered("reading-given-up") = try await meeting.reading.ended()
    else { throw Unexpected() }
    #expect(try await meeting.session.ended() == .unanswered)
  }

  @Test func aReaderThatIsCancelledTellsTheHolder() async throws {
    let world = try await World()
    let meeting = try await Meeting(world)
    let watching = Task {
      for await _ in meeting.reading.states {}
    }
    watching.cancel()
    #expect(try await meeting.session.ended() == .unanswered)
  }

  @Test func aRefusalSaysNoMore() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world)
    try await meeting.session.refuse()
    #expect(try await meeting.session.ended() == .refused)
    guard case .refused = try await meeting.reading.ended() else { throw Unexpected() }
    let entry = try #require(try await world.wallet.log().first)
    #expect(entry.outcome == .refused)
    #expect(entry.documents.flatMap(\.elements).allSatisfy { $0.shown == nil })
  }

  @Test func aLinkThatBreaksEndsIt() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world)
    meeting.link.close()
    #expect(try await meeting.session.ended() == .unanswered)
    guard case .unanswered("reading-closed") = try await meeting.reading.ended()
    else { throw Unexpected() }
  }

  @Test func aLinkThatDoesNotSendEndsIt() async throws {
    /// Hears nothing, and sends nothing.
    struct Deaf: Link {
      struct Broken: Error {}

      func send(_ message: Data) async throws {
        throw Broken()
      }

      func receive() async throws -> Data? {
        await Moment().wait()
        return nil
      }
    }
    let world = try await World()
    let session = try await world.wallet.present(
      .device(over: Pipe.ends().0), keys: world.keys)
    let engagement = try await session.states.first { state in
      if case .showing(let engagement) = state { engagement } else { nil }
    }
    let reading = try await world.reader().read(
      .purpose(id: "pharmacy"), .engagement(uri: engagement, over: Deaf()))
    guard case .unanswered("reading-closed") = try await reading.ended()
    else { throw Unexpected() }
  }

  @Test func aLinkThatIsStuckDoesNotHideTheEnd() async throws {
    /// Is never done with sending, whoever cancels it.
    struct Stuck: Link {
      let begun: Moment

      func send(_ message: Data) async throws {
        begun.happens()
        await Task { await Moment().wait() }.value
      }

      func receive() async throws -> Data? {
        await Moment().wait()
        return nil
      }
    }
    let world = try await World()
    let session = try await world.wallet.present(
      .device(over: Pipe.ends().0), keys: world.keys)
    let engagement = try await session.states.first { state in
      if case .showing(let engagement) = state { engagement } else { nil }
    }
    let link = Stuck(begun: Moment())
    let reading = try await world.reader().read(
      .purpose(id: "pharmacy"), .engagement(uri: engagement, over: link))
    await link.begun.wait()
    await reading.giveUp()
    await world.time.someoneSleeps()
    world.time.advance(by: 2)
    guard case .unanswered("reading-given-up") = try await reading.ended()
    else { throw Unexpected() }
  }

  @Test func aMessageThatIsNoneIsTheEnd() async throws {
    let world = try await World()
    let (here, there) = Pipe.ends()
    let session = try await world.wallet.present(.device(over: here), keys: world.keys)
    try await there.send(Data([0xff]))
    guard case .failed(let code) = try await session.ended() else { throw Unexpected() }
    #expect(Catalogue.code(named: code) != nil)
    guard case .failed = try await world.wallet.log().first?.outcome else { throw Unexpected() }
  }

  @Test func presentationsEndWithTheirWallet() async throws {
    let world = try await World()
    let meeting = try await Meeting(world)
    try await world.wallet.close()
    #expect(try await meeting.session.ended() == .unanswered)
    guard case .unanswered("reading-closed") = try await meeting.reading.ended()
    else { throw Unexpected() }
    let closed = try await refusal {
      try await world.wallet.present(.device(over: meeting.link), keys: world.keys)
    }
    #expect(closed.code == "object-closed" && closed.kind == .state)
  }

  @Test func theSecondOfTwoPresentationsTakesAnotherCopy() async throws {
    let world = try await World()
    try await world.add(copies: 2, oneTime: true)
    let (first, second) = (try await Meeting(world), try await Meeting(world))
    try await first.session.approve(first.consent.required)
    try await second.session.approve(second.consent.required)
    #expect(try await first.session.ended() == .shared)
    #expect(try await second.session.ended() == .shared)
    let copies = try await world.wallet.documents().first?.copies
    #expect(copies == Copies(oneTime: true, all: 2, left: 0, uses: 1))
    #expect(try await world.wallet.notices().count == 1)
  }
}
