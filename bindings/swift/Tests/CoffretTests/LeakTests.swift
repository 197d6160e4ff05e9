import Coffret
import CoffretCore
import Foundation
import Heap
import Testing

/// What is made is gone when nobody has it any more.
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
    #expect(try liveObjects() == live)
    #expect(openFiles <= files)
    #expect(heap - before < 1_000_000)
  }

  @Test func sessionsLeaveNothing() async throws {
    let world = try await World()
    try await world.add()
    func sessions(_ count: Int) async throws {
      for turn in 0..<count {
        let meeting = try await Meeting(world)
        if turn.isMultiple(of: 2) {
          try await meeting.session.approve(meeting.consent.required)
        } else {
          await meeting.session.giveUp()
        }
        _ = try await meeting.session.ended()
        _ = try await meeting.reading.ended()
      }
    }
    let live = try liveObjects()
    try await sessions(10)
    let (before, files) = (heap, openFiles)
    try await sessions(100)
    #expect(try await settles(at: live))
    #expect(openFiles <= files)
    #expect(heap - before < 4_000_000)
  }

  @Test func walletsLeaveNothing() async throws {
    let live = try liveObjects()
    for _ in 0..<10 {
      let world = try await World()
      try await world.wallet.close()
    }
    #expect(try await settles(at: live))
  }

  /// Whether no more objects are alive than these, once the tasks of what has ended have ended too.
  private func settles(at live: UInt64) async throws -> Bool {
    for _ in 0..<1_000 where try liveObjects() > live {
      _ = try await Coffret.SoftwareKeys().perform([])
    }
    return try liveObjects() <= live
  }
}
