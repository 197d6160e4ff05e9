import CoffretCore
import Foundation

extension Wallet {
  /// Has device keys made for an issuer to bind credentials to, and gives their public keys: the
  /// DER of a SubjectPublicKeyInfo each (RFC 5480 §2).
  ///
  /// Throws where none was made, or what `keys` throws; `CancellationError` where the wallet is
  /// locked or closed meanwhile, which cancels `keys`. Keys that were made and not kept are among
  /// those that ``deleteAbandonedKeys(using:)`` deletes. Neither is for `keys` itself to call: it
  /// would wait for itself.
  public func prepareKeys(
    _ count: UInt8, curve: Curve = .p256, using keys: any KeyExecutor
  ) async throws -> [Data] {
    try await use(
      keys, for: { try $0.newKeys(count: count, curve: curve) },
      then: { try $0.keysReady(outcomes: $1) })
  }

  /// Gives up keys that were prepared and for which no credential will come, by their public keys;
  /// ``deleteAbandonedKeys(using:)`` then deletes them. Keys that wait for none are left as they are.
  ///
  /// Throws where one of them is no public key.
  public func abandonKeys(_ publicKeys: [Data]) async throws {
    try await call { try $0.abandonKeys(publicKeys: publicKeys) }
  }

  /// Has the keys deleted that no document needs any more. Those that cannot be are asked for again
  /// the next time.
  ///
  /// Throws what `keys` throws; `CancellationError` where the wallet is locked or closed meanwhile,
  /// which cancels `keys`.
  public func deleteAbandonedKeys(using keys: any KeyExecutor) async throws {
    try await use(
      keys,
      for: { core in
        // Whoever was to answer for other keys does not any more.
        _ = try core.newKeys(count: 0, curve: .p256)
        return try core.abandonedKeys()
      },
      then: { try $0.keysDeleted(outcomes: $1) })
  }

  /// The core's own keystore does these.
  func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome] {
    try await call { try $0.perform(tasks: tasks) }
  }

  /// Has the keystore do what the core asks for, and tells the core what it has done. One use is
  /// made after the other: the core waits for the outcomes of one at a time.
  private func use<Result: Sendable>(
    _ keys: any KeyExecutor,
    for ask: @escaping @Sendable (CoffretCore.Wallet) throws -> [KeyTask],
    then tell: @escaping @Sendable (CoffretCore.Wallet, [KeyOutcome]) throws -> Result
  ) async throws -> Result {
    let (turn, hasCome) = AsyncStream<Void>.makeStream()
    let use = Task {
      for await _ in turn {}
      try Task.checkCancellation()
      let tasks = try await call(ask)
      try Task.checkCancellation()
      let outcomes = try await tasks.isEmpty ? [] : keys.perform(tasks)
      try Task.checkCancellation()
      return try await call { try tell($0, outcomes) }
    }
    let before = lastUse
    // Cancelled, so are those before it.
    lastUse = Task {
      await withTaskCancellationHandler {
        await before?.value
        hasCome.finish()
        _ = await use.result
      } onCancel: {
        before?.cancel()
        use.cancel()
      }
    }
    return try await withTaskCancellationHandler {
      try await use.value
    } onCancel: {
      use.cancel()
    }
  }
}
