import Dispatch

/// Where calls of the core are made, one at a time and in order: a PIN is tried for half a second,
/// which no thread of Swift's own is to spend.
final class CoreQueue: Sendable {
  private let queue = DispatchQueue(label: "ca.coffret.core", qos: .userInitiated)

  /// Isolated to the caller, so that an actor's calls are made in the order in which it makes them.
  func run<Result: Sendable>(
    isolation: isolated (any Actor)? = #isolation,
    _ call: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation(isolation: isolation) { continuation in
      queue.async {
        continuation.resume(with: Swift.Result { try calling(call) })
      }
    }
  }
}
