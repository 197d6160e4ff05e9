import Coffret
import Foundation
import Testing

/// Many at once.
@Suite(.timeLimit(.minutes(5))) struct ConcurrencyTests {
  @Test func everyCallIsMade() async throws {
    let world = try await World()
    try await world.add()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<64 {
        group.addTask {
          _ = try await world.wallet.addPerson(named: "Personne \(number)")
          _ = try await world.wallet.documents()
        }
      }
      try await group.waitForAll()
    }
    #expect(try await world.wallet.people().count == 65)
  }

  @Test func keysAreMadeForOneAtATime() async throws {
    let world = try await World()
    try await withThrowingTaskGroup(of: [Data].self) { group in
      for _ in 0..<8 {
        group.addTask { try await world.wallet.prepareKeys(2, using: world.keys) }
      }
      for try await made in group {
        let card = try world.issuer.issue(to: made)
        guard case .held = try await world.wallet.add(card) else { throw Unexpected() }
      }
    }
    #expect(try await world.wallet.documents().map(\.copies.all) == [16])
  }

  @Test func presentationsGoOnSideBySide() async throws {
    let world = try await World()
    try await world.add()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let meeting = try await Meeting(world)
          try await meeting.session.approve(meeting.consent.required)
          guard case .read(.accepted, _) = try await meeting.reading.ended()
          else { throw Unexpected() }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await world.wallet.verifyLog().entries == 8)
  }

  @Test func aCloseIsSaidToWhoeverComesAfterIt() async throws {
    let world = try await World()
    let adding = await world.addingIsHeld()
    let before = await world.wallet.begin { try await $0.people() }
    let closing = await world.wallet.begin { try await $0.close() }
    let after = await world.wallet.begin { try await $0.people() }
    adding.release()
    #expect(try await before.value.map(\.name) == ["Louis"])
    try await closing.value
    let late = try await refusal { try await after.value }
    #expect(late.code == "object-closed")
    #expect(await world.wallet.state == .closed)
  }

  @Test func aPresentationThatBeginsFirstEndsWithTheLock() async throws {
    let world = try await World()
    let (here, there) = Pipe.ends()
    let adding = await world.addingIsHeld()
    let presenting = await world.wallet.begin {
      try await $0.present(.device(over: here), keys: world.keys)
    }
    let locking = await world.wallet.begin { try await $0.lock() }
    adding.release()
    let session = try await presenting.value
    try await locking.value
    #expect(try await session.ended() == .failed(code: "wallet-not-open"))
    try await world.isLocked(having: here, sentNothingTo: there)
  }

  @Test func aLockThatIsFirstLetsNoPresentationBegin() async throws {
    let world = try await World()
    let (here, there) = Pipe.ends()
    let adding = await world.addingIsHeld()
    let locking = await world.wallet.begin { try await $0.lock() }
    let presenting = await world.wallet.begin {
      try await $0.present(.device(over: here), keys: world.keys)
    }
    adding.release()
    let refused = try await refusal { try await presenting.value }
    #expect(refused.code == "wallet-not-open" && refused.kind == .state)
    try await locking.value
    try await world.isLocked(having: here, sentNothingTo: there)
  }

  /// A view that comes and goes sees the last state, and does not give the presentation up.
  @Test func aPresentationOutlivesTheViewsOfIt() async throws {
    let world = try await World()
    try await world.add()
    let meeting = try await Meeting(world)
    for _ in 0..<2 {
      var view = await meeting.session.watch().makeAsyncIterator()
      guard case .asking = await view.next() else { throw Unexpected() }
    }
    let late = await meeting.session.watch()
    try await meeting.session.approve(meeting.consent.required)
    #expect(try await meeting.reading.ended().isRead)
    let last = await late.reduce(into: [PresentationState]()) { $0.append($1) }.last
    guard case .ended(.shared) = last else { throw Unexpected() }
    let after = await meeting.session.watch().reduce(into: 0) { count, _ in count += 1 }
    #expect(after == 1, "the end, for who comes after it")
    let verdict = await meeting.reading.watch().reduce(into: [ReadingState]()) { $0.append($1) }
    guard case .ended(.read) = verdict.last else { throw Unexpected() }
  }

  /// Where nobody is asked, there is no list of what to say, not even an empty one.
  @Test func whatIsToBeSaidIsKnownWhileThePersonIsAsked() async throws {
    let world = try await World()
    try await world.add()
    let nothing = Approval(choices: [])
    let waiting = try await world.wallet.present(
      .device(over: Pipe.ends().0), keys: world.keys)
    let early = try await refusal { try await waiting.cautions(nothing) }
    #expect(early.code == "event-unexpected")
    await waiting.giveUp()
    let meeting = try await Meeting(world)
    _ = try await meeting.session.cautions(nothing)
    try await meeting.session.refuse()
    _ = try await meeting.reading.ended()
    for await _ in await meeting.session.watch() {}
    let late = try await refusal { try await meeting.session.cautions(nothing) }
    #expect(late.code == "event-unexpected")
  }
}

extension World {
  /// The core is in the middle of a call.
  fileprivate func addingIsHeld() async -> Hold {
    let hold = secrets.hold()
    _ = await wallet.begin { try await $0.addPerson(named: "Louis") }
    await hold.begun.wait()
    return hold
  }

  fileprivate func isLocked(having here: Pipe, sentNothingTo there: Pipe) async throws {
    #expect(await wallet.state == .locked)
    here.close()
    #expect(try await there.receive() == nil)
    try await wallet.unlock(pin: Self.pin)
    #expect(try await wallet.log() == [])
  }
}

extension ReaderOutcome {
  fileprivate var isRead: Bool {
    if case .read = self { true } else { false }
  }
}
