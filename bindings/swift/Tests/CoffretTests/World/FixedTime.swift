import Coffret
import Foundation

/// A time of day, and a time since the system started, that pass when they are told to.
final class FixedTime: TimeSource, BootClock, @unchecked Sendable {
  static let noon = Date(timeIntervalSince1970: 1_795_348_800)  // 2026-11-22T12:00:00Z

  private let lock = NSLock()
  private var time: Date
  private var sleepers: [UUID: (until: Date, wake: CheckedContinuation<Void, any Error>)] = [:]
  private var passed: UInt64 = 1_000
  private var watcher: CheckedContinuation<Void, Never>?

  /// Returns once somebody sleeps.
  func someoneSleeps() async {
    await withCheckedContinuation { awaken in
      let already = lock.withLock {
        if sleepers.isEmpty { watcher = awaken }
        return !sleepers.isEmpty
      }
      if already {
        awaken.resume()
      }
    }
  }

  init(at time: Date = noon) {
    self.time = time
  }

  var now: Date {
    lock.withLock { time }
  }

  var bootTime: BootTime {
    lock.withLock { BootTime(boot: Data("one boot".utf8), seconds: passed) }
  }

  func advance(by seconds: UInt64) {
    let awake = lock.withLock {
      time += TimeInterval(seconds)
      passed += seconds
      let due = sleepers.filter { $0.value.until <= time }
      due.keys.forEach { sleepers[$0] = nil }
      return due.values.map(\.wake)
    }
    awake.forEach { $0.resume() }
  }

  func sleep(until: Date) async throws {
    let id = UUID()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        let isDue = lock.withLock {
          guard !Task.isCancelled, until > time else { return true }
          sleepers[id] = (until, wake)
          watcher?.resume()
          watcher = nil
          return false
        }
        if isDue {
          wake.resume()
        }
      }
    } onCancel: {
      lock.withLock { sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
    }
  }
}
