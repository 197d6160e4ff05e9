import CoffretCore
import Foundation

/// Why a call was refused: a kind, by what can be done about it, and a stable code. Nothing else
/// travels, so it may be logged.
public struct CoffretError: Error, Hashable, Sendable {
  /// What can be done about an error.
  public enum Kind: Sendable {
    /// The PIN is wrong, must wait, or cannot be chosen: ask for another.
    case pin
    /// The wallet's file or its secrets cannot be opened or written as they are.
    case storage
    /// What was given is not what it should be, or is not there.
    case input
    /// The call does not fit the state that the object is in, which has not changed.
    case state
    /// A fault of this library: close the object. What was stored before stands.
    case fault
  }

  /// What can be done about it.
  public let kind: Kind

  /// The name of the stable code, such as `pin-wrong`: what a program compares.
  public let code: String

  /// What a person is told, in both languages, and the number to quote.
  public var sentences: ErrorCode? {
    Catalogue.code(named: code)
  }
}

extension CoffretError: LocalizedError {
  /// What happened, in the language that the person prefers.
  public var errorDescription: String? {
    description(in: .preferred)
  }

  /// What to do now.
  public var recoverySuggestion: String? {
    sentences?.next.text()
  }

  /// What happened, in one language; the code's name where nobody has written a sentence.
  public func description(in language: Language) -> String {
    sentences?.happened.text(in: language) ?? code
  }
}

extension CoffretError {
  static let fault = CoffretError(kind: .fault, code: "internal-fault")
  static let unexpected = CoffretError(kind: .state, code: "event-unexpected")

  /// Whether what made it answers no call any more.
  var isFinal: Bool {
    kind == .fault || code == "object-closed" || code == "wallet-not-open"
  }

  init(_ error: any Error) {
    switch error {
    case let error as CoffretError: self = error
    case CoffretCore.CoffretError.Pin(let code): self.init(kind: .pin, code: code)
    case CoffretCore.CoffretError.Storage(let code): self.init(kind: .storage, code: code)
    case CoffretCore.CoffretError.Input(let code): self.init(kind: .input, code: code)
    case CoffretCore.CoffretError.State(let code): self.init(kind: .state, code: code)
    default: self = .fault
    }
  }
}

/// Makes a call of the core, which gives no errors but its own.
func calling<Result>(_ call: () throws -> Result) throws -> Result {
  do {
    return try call()
  } catch {
    throw CoffretError(error)
  }
}
