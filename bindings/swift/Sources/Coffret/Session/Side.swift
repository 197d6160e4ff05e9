import CoffretCore
import Foundation

/// What can happen to either side of a session.
protocol SessionEvent: Sendable {
  static func received(message: Data) -> Self
  static func keysDone(outcomes: [KeyOutcome]) -> Self
  static var closed: Self { get }
  static var givenUp: Self { get }
  static var tick: Self { get }
}

extension HolderEvent: SessionEvent {}
extension ReaderEvent: SessionEvent {}

/// What either side of a session wants done.
enum Wish<State: Sendable>: Sendable {
  case show(State)
  case useKeys([KeyTask])
  case send(Data)
  case wake(Date)
  /// It is over, and nothing more is to be done.
  case end(State)
}

/// One side of a session: the core's state machine.
protocol Side: Sendable {
  associatedtype Event: SessionEvent
  associatedtype State: Sendable

  func step(_ event: Event, now: Date) throws -> [Wish<State>]
  /// The state while the keystore works.
  static var usingKeys: State { get }
  /// The end by an error of the machine itself.
  static func failed(_ error: CoffretError) -> State
}
