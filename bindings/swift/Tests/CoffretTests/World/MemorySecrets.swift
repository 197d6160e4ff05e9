import Coffret
import Foundation

/// A platform's secrets, in memory. `failing` is what they throw, where they do.
final class MemorySecrets: PlatformSecrets, @unchecked Sendable {
  /// When nobody has them any more.
  let gone = Moment()
  private let lock = NSLock()
  private var slot: Data?
  private var failing: (any Error)?
  private var inside: (@Sendable () -> Void)?

  deinit {
    gone.happens()
  }

  func fail(with error: (any Error)?) {
    lock.withLock { failing = error }
  }

  /// Has this done in the middle of the next call.
  func interrupt(_ inside: @escaping @Sendable () -> Void) {
    lock.withLock { self.inside = inside }
  }

  private func called() throws {
    let (error, inside) = lock.withLock {
      defer { self.inside = nil }
      return (failing, self.inside)
    }
    inside?()
    if let error {
      throw error
    }
  }

  func load() throws -> Data? {
    try called()
    return lock.withLock { slot }
  }

  func replace(slot: Data) throws {
    try called()
    lock.withLock { self.slot = slot }
  }

  func delete() throws {
    try called()
    lock.withLock { slot = nil }
  }
}
