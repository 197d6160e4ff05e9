import CoffretCore
import Foundation

extension Wallet {
  /// The entries of the log that are not deleted, the newest first.
  public func log() async throws -> [LogEntry] {
    try await call { try $0.log() }
  }

  /// Deletes what these entries say. That there were entries stays.
  public func deleteLog(_ numbers: [UInt64]) async throws {
    try await call { try $0.deleteLog(numbers: numbers) }
  }

  /// Checks the log as somebody outside the wallet would. Throws what is wrong with it.
  public func verifyLog() async throws -> LogChecked {
    let now = time.now
    return try await call { try $0.verifyLog(now: now) }
  }
}
