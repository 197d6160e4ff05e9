import CoffretCore
import Foundation

extension Wallet {
  /// The records that do not read: the wallet is as without them, until they are removed.
  public func unreadable() async throws -> [UnreadableRecord] {
    try await call { try $0.unreadable() }
  }

  /// The entries of the log that are not deleted, the newest first.
  public func log() async throws -> [LogEntry] {
    try await call { try $0.log() }
  }

  /// The entries of the log that are searched for, the newest first. A page of a long log is as quick
  /// as that of a short one.
  public func searchLog(_ search: LogSearch) async throws -> [LogEntry] {
    try await call { try $0.searchLog(search: search) }
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
