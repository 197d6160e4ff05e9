import Foundation

/// Messages both ways between holder and reader: Bluetooth, NFC, a pipe.
public protocol Link: Sendable {
  /// Sends a message, whole. Throws when the link is closed, or its task is cancelled.
  func send(_ message: Data) async throws

  /// The next message; nothing when the link is closed. Returns when its task is cancelled.
  func receive() async throws -> Data?
}
