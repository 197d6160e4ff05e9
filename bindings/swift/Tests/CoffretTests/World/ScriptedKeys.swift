import Coffret
import Foundation

/// A keystore that does what a test says, then what its own keys do.
actor ScriptedKeys: KeyExecutor {
  typealias Turn = @Sendable ([KeyTask]) async throws -> [KeyOutcome]?

  private let keys: any KeyExecutor
  private var script: [Turn]
  private(set) var asked = 0

  init(_ keys: any KeyExecutor, _ script: Turn...) {
    self.keys = keys
    self.script = script
  }

  /// One that has begun, at that moment, and is never done unless it is cancelled.
  static func stuck(_ keys: any KeyExecutor, _ begun: Moment) -> ScriptedKeys {
    ScriptedKeys(
      keys,
      { _ in
        begun.happens()
        await Moment().wait()
        return nil
      })
  }

  func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome] {
    asked += 1
    if !script.isEmpty, let outcomes = try await script.removeFirst()(tasks) {
      return outcomes
    }
    return try await keys.perform(tasks)
  }
}

/// Something that happens once, and is waited for.
final class Moment: Sendable {
  private let stream: AsyncStream<Void>
  private let source: AsyncStream<Void>.Continuation

  init() {
    (stream, source) = AsyncStream<Void>.makeStream()
  }

  func happens() {
    source.finish()
  }

  /// Returns when it has happened, or the task is cancelled.
  func wait() async {
    for await _ in stream {}
  }
}
