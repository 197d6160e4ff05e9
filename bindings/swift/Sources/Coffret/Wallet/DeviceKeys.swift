import CoffretCore
import Foundation

extension Wallet {
  /// Has device keys made for an issuer to bind credentials to, and gives their public keys: the
  /// DER of a SubjectPublicKeyInfo each (RFC 5480 §2).
  ///
  /// Throws where none was made, or what `keys` throws. Keys that were made and not kept are among
  /// those that ``deleteAbandonedKeys(using:)`` deletes. Neither is for `keys` itself to call: it
  /// would wait for itself.
  public func prepareKeys(
    _ count: UInt8, curve: Curve = .p256, using keys: any KeyExecutor
  ) async throws -> [Data] {
    try await usingKeys {
      let tasks = try await call { try $0.newKeys(count: count, curve: curve) }
      let outcomes = try await keys.perform(tasks)
      try Task.checkCancellation()
      return try await call { try $0.keysReady(outcomes: outcomes) }
    }
  }

  /// Has the keys deleted that no document needs any more. Those that cannot be are asked for again
  /// the next time.
  public func deleteAbandonedKeys(using keys: any KeyExecutor) async throws {
    try await usingKeys {
      let tasks = try await call { core in
        // Whoever was to answer for other keys does not any more.
        _ = try core.newKeys(count: 0, curve: .p256)
        return try core.abandonedKeys()
      }
      guard !tasks.isEmpty else { return }
      let outcomes = try await keys.perform(tasks)
      try await call { try $0.keysDeleted(outcomes: outcomes) }
    }
  }

  /// The core's own keystore does these.
  func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome] {
    try await call { try $0.perform(tasks: tasks) }
  }
}
