import Coffret
import Dispatch

/// A call that the core is in the middle of, until it is released.
final class Hold: Sendable {
  let begun = Moment()
  private let released = DispatchSemaphore(value: 0)

  func release() {
    released.signal()
  }

  fileprivate func wait() {
    begun.happens()
    released.wait()
  }
}

extension MemorySecrets {
  /// Holds the next call that changes something.
  func hold() -> Hold {
    let hold = Hold()
    interrupt { hold.wait() }
    return hold
  }
}

extension Wallet {
  /// Begins a call: what is asked of the wallet from now on comes after it.
  nonisolated func begin<Result: Sendable>(
    _ call: @escaping @Sendable (isolated Wallet) async throws -> Result
  ) async -> Task<Result, any Error> {
    let begun = Moment()
    let task = Task { try await make(call, begun) }
    await begun.wait()
    // It waits, as this is answered.
    _ = await state
    return task
  }

  private func make<Result: Sendable>(
    _ call: @Sendable (isolated Wallet) async throws -> Result, _ begun: Moment
  ) async throws -> Result {
    begun.happens()
    return try await call(self)
  }
}
