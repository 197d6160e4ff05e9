import CoffretCore
import Foundation

/// Who begins.
public enum Start: Sendable {
  /// The holder has shown its engagement, the text of its QR code, and is met over the link
  /// (ISO/IEC 18013-5's order).
  case engagement(uri: String, over: any Link)
  /// The reader shows its code, and scans the answer (QR link).
  case code
}

/// What a reading is at, and what the app is to show.
public enum ReadingState: Sendable {
  /// The keystore signs the request.
  case usingKeys
  /// Show the reader's code by these frames until the end, and scan the answer.
  case showing(frames: Frames)
  /// The request is sent: the holder is waited for.
  case waiting
  /// So many fragments of the answer are read, of so many.
  case progress(have: UInt64, of: UInt64)
  /// It is over.
  case ended(ReaderOutcome)
}

/// One reading, from the request to the verdict.
///
/// Leaving ``states`` (cancelling the task that goes through them, or dropping the session) gives
/// the reading up.
public final class ReadingSession: Sendable {
  /// What it is at, for one to go through; it ends after ``ReadingState/ended(_:)``.
  public let states: AsyncStream<ReadingState>

  private let driver: Driver<Asking>

  init(
    _ started: Started, keys: (any KeyExecutor)?, link: (any Link)?, time: any TimeSource,
    queue: CoreQueue
  ) {
    let asking = Asking(machine: started.reading)
    (driver, states) = Driver.begin(
      asking, Asking.wishes(started.effects), keys: keys, link: link, time: time, queue: queue)
  }

  /// What it is at, for a view that comes and goes: the last state first, then those that follow.
  /// To leave does not give the reading up. The last state has what was shown: let the session go
  /// with the view that shows the verdict.
  public func watch() async -> AsyncStream<ReadingState> {
    await driver.watch()
  }

  /// Takes the text of a QR code. Codes that are no good are as if they had not been seen. Throws
  /// where no answer comes by codes, or not yet.
  public func scanned(_ text: String) async throws {
    try await driver.submit(.frame(text: text))
  }

  /// Leaves. The holder is told where there is a session.
  public func giveUp() async {
    await driver.giveUp()
  }
}

/// The reader's side.
struct Asking: Side {
  let machine: CoffretCore.Reading

  static let usingKeys = ReadingState.usingKeys

  static func failed(_ error: CoffretError) -> ReadingState {
    .ended(.unanswered(code: error.code))
  }

  func step(_ event: ReaderEvent, now: Date) throws -> [Wish<ReadingState>] {
    Self.wishes(try machine.step(event: event, now: now))
  }

  static func wishes(_ effects: [ReaderEffect]) -> [Wish<ReadingState>] {
    let wishes = effects.map { effect -> Wish<ReadingState> in
      switch effect {
      case .useKeys(let tasks): .useKeys(tasks)
      case .send(let message): .send(message)
      case .show(let frames): .show(.showing(frames: Frames(frames)))
      case .progress(let have, let of): .show(.progress(have: have, of: of))
      case .wakeAt(let time): .wake(time)
      case .ended(let outcome): .end(.ended(outcome))
      }
    }
    // A message that does not end it is the request.
    if case .send = wishes.last {
      return wishes + [.show(.waiting)]
    }
    return wishes
  }
}
