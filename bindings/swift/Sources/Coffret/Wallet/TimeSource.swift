import Foundation

/// The time of day, and waiting for it.
public protocol TimeSource: Sendable {
  /// The time of day.
  var now: Date { get }

  /// Waits until then. Ends with an error when its task is cancelled.
  func sleep(until time: Date) async throws
}

/// The system's.
public struct SystemTime: TimeSource {
  /// The system's time.
  public init() {}

  /// The time of day.
  public var now: Date {
    Date()
  }

  /// Waits until then. Ends with an error when its task is cancelled.
  public func sleep(until time: Date) async throws {
    try await Task.sleep(for: .seconds(max(0, time.timeIntervalSinceNow)))
  }
}
