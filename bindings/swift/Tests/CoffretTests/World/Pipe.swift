import Coffret
import Foundation

/// One end of a link in memory.
final class Pipe: Link {
  private let incoming: AsyncStream<Data>
  private let outgoing: AsyncStream<Data>.Continuation
  private let back: AsyncStream<Data>.Continuation

  /// Both ends.
  static func ends() -> (Pipe, Pipe) {
    let (there, thither) = AsyncStream<Data>.makeStream()
    let (here, hither) = AsyncStream<Data>.makeStream()
    return (Pipe(here, thither, hither), Pipe(there, hither, thither))
  }

  private init(
    _ incoming: AsyncStream<Data>, _ outgoing: AsyncStream<Data>.Continuation,
    _ back: AsyncStream<Data>.Continuation
  ) {
    self.incoming = incoming
    self.outgoing = outgoing
    self.back = back
  }

  func send(_ message: Data) async throws {
    if case .terminated = outgoing.yield(message) {
      throw CancellationError()
    }
  }

  func receive() async throws -> Data? {
    var messages = incoming.makeAsyncIterator()
    return await messages.next()
  }

  func close() {
    outgoing.finish()
    back.finish()
  }
}
