import Coffret
import Foundation

/// A wallet and a reader that meet over a link in memory, up to the first question.
struct Meeting {
  let session: PresentationSession
  let reading: ReadingSession
  let consent: Consent
  /// The wallet's end of the link.
  let link: Pipe

  init(
    _ world: World, _ ask: Ask = .purpose(id: "pharmacy"), reader: Reader? = nil,
    keys: (any KeyExecutor)? = nil, proof: DeviceAuth = .signature
  ) async throws {
    let (here, there) = Pipe.ends()
    link = here
    session = try await world.wallet.present(
      .device(over: here), keys: keys ?? world.keys, proof: proof)
    let engagement = try await session.states.first { state in
      if case .showing(let engagement) = state { engagement } else { nil }
    }
    reading = try await (reader ?? world.reader(signs: true)).read(
      ask, .engagement(uri: engagement, over: there))
    consent = try await session.asked()
  }
}

extension PresentationSession {
  /// The next question.
  func asked() async throws -> Consent {
    try await states.first { state in
      if case .asking(let consent) = state { consent } else { nil }
    }
  }

  /// How it ends.
  func ended() async throws -> HolderOutcome {
    try await states.first { state in
      if case .ended(let outcome) = state { outcome } else { nil }
    }
  }
}

extension ReadingSession {
  /// How it ends.
  func ended() async throws -> ReaderOutcome {
    try await states.first { state in
      if case .ended(let outcome) = state { outcome } else { nil }
    }
  }
}
