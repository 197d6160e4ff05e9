import Coffret
import Foundation
import Testing

/// Many at once.
@Suite struct ConcurrencyTests {
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

  @Test func closedWhileBusyIsSaidToTheRest() async throws {
    let world = try await World()
    let codes = await withTaskGroup(of: String?.self) { group in
      for number in 0..<32 {
        group.addTask {
          do {
            if number == 16 {
              try await world.wallet.close()
            } else {
              _ = try await world.wallet.people()
            }
            return nil
          } catch {
            return (error as? CoffretError)?.code ?? "none"
          }
        }
      }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(codes.subtracting([nil, "object-closed"]).isEmpty)
    let late = try await refusal { try await world.wallet.people() }
    #expect(late.code == "object-closed")
    #expect(await world.wallet.state == .closed)
  }
}
