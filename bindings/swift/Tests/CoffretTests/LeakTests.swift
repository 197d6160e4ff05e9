import Coffret
import CoffretCore
import Foundation
import Heap
import Testing

/// What is made is gone when nobody has it any more. What earlier tests have made may go meanwhile.
@Suite(.serialized) struct LeakTests {
  private var heap: Int {
    heap_in_use()
  }

  private var openFiles: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
  }

  @Test func tenThousandCallsLeaveNothing() async throws {
    let world = try await World()
    let document = try await world.add()
    func calls(_ count: Int) async throws {
      for _ in 0..<count {
        _ = try await world.wallet.documents()
        _ = try await world.wallet.document(document)
        _ = try await refusal { try await world.wallet.document(DocumentId(rawValue: "?")) }
        _ = try CodeScanner().scanned("https://example.com")
      }
    }
    try await calls(250)
    let (before, live, files) = (heap, try liveObjects(), openFiles)
    try await calls(2_500)
    #expect(try liveObjects() <= live)
    #expect(openFiles <= files)
    #expect(heap - before < 1_000_000)
  }

  /// The core's side of a session is gone before its end is seen.
  @Test func sessionsLeaveNothing() async throws {
    let world = try await World()
    try await world.add()
    let reader = try world.reader(signs: true)
    let live = try liveObjects()
    func sessions(_ count: Int) async throws {
      for turn in 0..<count {
        let meeting = try await Meeting(world, reader: reader)
        if turn.isMultiple(of: 2) {
          try await meeting.session.approve(meeting.consent.required)
        } else {
          await meeting.session.giveUp()
        }
        _ = try await meeting.session.ended()
        _ = try await meeting.reading.ended()
        // What a queue has done it lets go of before it does more.
        _ = try await world.wallet.people()
        _ = try await refusal { try await reader.read(.purpose(id: "curiosity"), .code) }
        let alive = try withExtendedLifetime(meeting) { try liveObjects() }
        #expect(alive <= live)
      }
    }
    try await sessions(10)
    let (before, files) = (heap, openFiles)
    try await sessions(100)
    #expect(openFiles <= files)
    #expect(heap - before < 4_000_000)
  }

  /// The core lets go of a wallet's secrets after the wallet.
  @Test(.timeLimit(.minutes(5))) func walletsLeaveNothing() async throws {
    func secretsOfAWallet() async throws -> Moment {
      try await World().secrets.gone
    }
    let live = try liveObjects()
    for _ in 0..<10 {
      await (try secretsOfAWallet()).wait()
    }
    #expect(try liveObjects() <= live)
  }
}
