import CoffretCore
import Foundation

/// One message as QR codes to show in turn, twelve a second, without end (QR link §4).
public final class Frames: Sendable {
  private let core: CoffretCore.Frames

  init(_ core: CoffretCore.Frames) {
    self.core = core
  }

  /// How many fragments the message is in: about as many frames, any of them, are enough.
  public var fragments: UInt64 {
    get throws { try calling { try core.fragments() } }
  }

  /// The text of the next QR code: upper case, for the alphanumeric mode.
  public func next() throws -> String {
    try calling { try core.next() }
  }
}

/// A reader's code, read and not answered yet.
public struct ReaderCode: Sendable {
  let core: CoffretCore.ReaderCode

  /// When it expires, by the reader’s clock, which may differ from this device’s.
  public var expires: Date {
    get throws { try calling { try core.expires() } }
  }
}

/// Puts a reader's code together from the frames that a camera reads, in any order, any number of
/// times, some of them lost.
public final class CodeScanner: Sendable {
  /// What became of a frame.
  public enum Scanned: Sendable {
    /// It is no reader's code, or no good: as if it had not been seen.
    case foreign
    /// The code is not whole yet: fragments known, or as good as known, and fragments in all.
    case part(have: UInt64, of: UInt64)
    /// The code, to be answered.
    case whole(ReaderCode)
  }

  private let core: CoffretCore.CodeScanner

  /// A scanner that has seen nothing.
  public init() throws {
    core = try calling { try CoffretCore.CodeScanner() }
  }

  /// Takes the text of a QR code. Throws what is wrong with a code that is whole.
  public func scanned(_ text: String) throws -> Scanned {
    switch try calling({ try core.receive(frame: text) }) {
    case .foreign: .foreign
    case .part(let have, let of): .part(have: have, of: of)
    case .whole(let code): .whole(ReaderCode(core: code))
    }
  }
}
