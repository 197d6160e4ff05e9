import Coffret
import Foundation
import Testing

/// A screen and a camera each, frame by frame.
@Suite struct QrLinkTests {
  /// Holds the reader's screen before the wallet's camera.
  static func scan(_ frames: Frames) throws -> ReaderCode {
    let scanner = try CodeScanner()
    while true {
      if case .whole(let code) = try scanner.scanned(try frames.next()) {
        return code
      }
    }
  }

  @Test func aPresentationByFrames() async throws {
    let world = try await World()
    try await world.add()
    let reading = try await world.reader(signs: true).read(.purpose(id: "pharmacy"), .code)
    var shown = reading.states.makeAsyncIterator()
    guard case .usingKeys = await shown.next(), case .showing(let code) = await shown.next()
    else { throw Unexpected() }

    let scanner = try CodeScanner()
    guard case .foreign = try scanner.scanned("https://example.com") else { throw Unexpected() }
    let fragments = try code.fragments
    #expect(fragments > 1)
    guard case .part(let have, let of) = try scanner.scanned(try code.next())
    else { throw Unexpected() }
    #expect(have == 1 && of == fragments)
    let scanned = try Self.scan(code)
    #expect(try scanned.expires == FixedTime.noon + 120)

    let session = try await world.wallet.present(.reader(scanned), keys: world.keys)
    var states = session.states.makeAsyncIterator()
    guard case .asking(let consent) = await states.next() else { throw Unexpected() }
    try await session.approve(consent.required)
    guard case .usingKeys = await states.next(),
      case .answering(let frames) = await states.next(), let frames
    else { throw Unexpected() }

    try await reading.scanned("https://example.com")
    var seen = 0
    let outcome: ReaderOutcome = try await {
      while true {
        try await reading.scanned(try frames.next())
        switch await shown.next() {
        case .progress(let have, let of):
          seen += 1
          #expect(have <= of)
        case .ended(let outcome): return outcome
        default: throw Unexpected()
        }
      }
    }()
    #expect(seen > 0)
    guard case .read(.accepted(let documents), _) = outcome else { throw Unexpected() }
    #expect(documents.count == 1)

    // The wallet shows its answer until the code expires.
    world.time.advance(by: 120)
    guard case .ended(.shared) = await states.next() else { throw Unexpected() }
    #expect(await states.next() == nil)
  }

  @Test func everyOtherFrameIsLost() async throws {
    let world = try await World()
    let reading = try await world.reader().read(.purpose(id: "pharmacy"), .code)
    let frames = try await reading.states.first { state in
      if case .showing(let frames) = state { frames } else { nil }
    }
    let scanner = try CodeScanner()
    for _ in 0..<100 {
      _ = try frames.next()
      if case .whole = try scanner.scanned(try frames.next()) {
        return
      }
    }
    throw Unexpected()
  }

  @Test func aCodeThatNobodyAnswersExpires() async throws {
    let world = try await World()
    let reading = try await world.reader().read(.purpose(id: "pharmacy"), .code)
    var states = reading.states.makeAsyncIterator()
    guard case .showing(let frames) = await states.next() else { throw Unexpected() }
    let code = try Self.scan(frames)
    world.time.advance(by: 120)
    guard case .ended(.unanswered("reader-code-expired")) = await states.next()
    else { throw Unexpected() }
    // The phone's clock may be as far ahead of the reader's.
    world.time.advance(by: 120)
    let late = try await refusal {
      try await world.wallet.present(.reader(code), keys: world.keys)
    }
    #expect(late.code == "reader-code-expired")
  }

  @Test func aCodeThatThePersonLooksAtTooLongExpires() async throws {
    let world = try await World()
    try await world.add()
    let reading = try await world.reader().read(.purpose(id: "pharmacy"), .code)
    let frames = try await reading.states.first { state in
      if case .showing(let frames) = state { frames } else { nil }
    }
    let session = try await world.wallet.present(
      .reader(try Self.scan(frames)), keys: world.keys)
    var states = session.states.makeAsyncIterator()
    guard case .asking = await states.next() else { throw Unexpected() }
    world.time.advance(by: 120)
    guard case .ended(.unanswered) = await states.next() else { throw Unexpected() }
    #expect(try await world.wallet.log().first?.outcome == .unanswered)
  }
}
