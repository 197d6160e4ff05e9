import CoffretCore
import Foundation

/// How holder and reader meet.
public enum Engage: Sendable {
  /// The holder shows its engagement, and the reader comes over the link (ISO/IEC 18013-5's order).
  case device(over: any Link)
  /// The holder has read the reader's code, and shows its answer (QR link).
  case reader(ReaderCode)
}

/// What a presentation is at, and what the app is to show.
public enum PresentationState: Sendable {
  /// Show this engagement, `mdoc:` and base64url, as a QR code: a reader is waited for.
  case showing(engagement: String)
  /// Ask the person, then approve or refuse. Asked again, the last question counts.
  case asking(Consent)
  /// The keystore works; the person may be asked for a finger or a face.
  case usingKeys
  /// The answer is given: over the link, or by these frames, to be shown until the end.
  case answering(frames: Frames?)
  /// It is over.
  case ended(HolderOutcome)
}

/// One presentation, from meeting a reader to the end.
///
/// Leaving ``states`` (cancelling the task that goes through them, or dropping the session) gives
/// the presentation up.
public final class PresentationSession: Sendable {
  /// What it is at, for one to go through; it ends after ``PresentationState/ended(_:)``.
  public let states: AsyncStream<PresentationState>

  let driver: Driver<Holder>

  init(
    _ begun: Begun, keys: any KeyExecutor, link: (any Link)?, time: any TimeSource,
    queue: CoreQueue, failed: @escaping @Sendable () async -> Void
  ) {
    let holder = Holder(machine: begun.presentation)
    (driver, states) = Driver.begin(
      holder, Holder.wishes(begun.effects), keys: keys, link: link, time: time, queue: queue,
      failed: failed)
  }

  /// What it is at, for a view that comes and goes: the last state first, then those that follow.
  /// To leave does not give the presentation up.
  public func watch() async -> AsyncStream<PresentationState> {
    await driver.watch()
  }

  /// What is to be said to the person before this approval is given, while they are asked: of who
  /// asks, and of what would be sent.
  ///
  /// Throws `event-unexpected` where nobody is asked yet, or any more: nothing to say would be
  /// something else.
  public func cautions(_ approval: Approval) async throws -> [Label] {
    try await driver.ask { try $0.machine.cautions(approval: approval) }
  }

  /// Lets this go: a selection of what was offered. Returns when the answer is given, the person is
  /// asked again, or the session has ended meanwhile, as the states say.
  ///
  /// Throws what is wrong with the selection, or why the keys were not used: in either case the
  /// person may choose again, and nothing is used up. So it is when the task is cancelled while the
  /// keys are used.
  public func approve(_ approval: Approval) async throws {
    try await driver.submit(.approved(approval: approval))
  }

  /// Lets nothing go. The reader is told nothing but that.
  public func refuse() async throws {
    try await driver.submit(.refused, abandonsKeys: true)
  }

  /// Leaves. The reader is told where there is a session; nothing is used up.
  public func giveUp() async {
    await driver.giveUp()
  }
}

/// The holder's side.
struct Holder: Side {
  let machine: CoffretCore.Presentation

  static let usingKeys = PresentationState.usingKeys

  static func failed(_ error: CoffretError) -> PresentationState {
    .ended(.failed(code: error.code))
  }

  func step(_ event: HolderEvent, now: Date) throws -> [Wish<PresentationState>] {
    Self.wishes(try machine.step(event: event, now: now))
  }

  static func wishes(_ effects: [HolderEffect]) -> [Wish<PresentationState>] {
    let wishes = effects.flatMap { effect -> [Wish<PresentationState>] in
      switch effect {
      case .show(let engagement): [.show(.showing(engagement: engagement))]
      case .animate(let frames): [.show(.answering(frames: Frames(frames)))]
      case .send(let message): [.send(message)]
      case .ask(let consent): [.show(.asking(consent))]
      case .useKeys(let tasks): [.useKeys(tasks)]
      case .wakeAt(let time): [.wake(time)]
      case .ended(let outcome): [.end(.ended(outcome))]
      }
    }
    // A message that does not end it is the answer.
    if case .send = wishes.last {
      return wishes + [.show(.answering(frames: nil))]
    }
    return wishes
  }
}
