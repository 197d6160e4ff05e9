import CoffretCore
import Foundation

/// Who a reader says it is: its requests are signed.
public struct ReaderIdentity: Sendable {
  /// The key, in the keystore.
  public let key: KeyId
  /// Its certificate, in PEM.
  public let certificate: String
  /// The keystore that signs.
  public let keys: any KeyExecutor

  /// A reader of this certificate, whose key is in this keystore.
  public init(key: KeyId, certificate: String, keys: any KeyExecutor) {
    self.key = key
    self.certificate = certificate
    self.keys = keys
  }
}

/// Who reads: whom it trusts, and who it says it is.
public final class Reader: Sendable {
  private let core: CoffretCore.Reader
  private let keys: (any KeyExecutor)?
  private let time: any TimeSource
  private let queue = CoreQueue()

  /// A reader that trusts this, and is `identity` or does not say who it is.
  ///
  /// Throws what is wrong with trust data of which nothing can be used, with a revocation list, or
  /// with the certificate.
  public init(
    trust: [TrustData], identity: ReaderIdentity? = nil, time: any TimeSource = SystemTime()
  ) throws {
    let signs = identity.map {
      CoffretCore.ReaderIdentity(key: $0.key, certificate: $0.certificate)
    }
    core = try calling {
      try CoffretCore.Reader(trust: trust, identity: signs, now: time.now)
    }
    keys = identity?.keys
    self.time = time
  }

  /// Begins to ask.
  ///
  /// Throws what is wrong with the engagement, or with a request that no wallet would read.
  public func read(_ ask: Ask, _ start: Start) async throws -> ReadingSession {
    let (how, link) = start.parts
    let now = time.now
    let started = try await queue.run { [core] in try core.start(ask: ask, how: how, now: now) }
    return ReadingSession(started, keys: keys, link: link, time: time, queue: queue)
  }
}

extension Start {
  fileprivate var parts: (CoffretCore.Start, (any Link)?) {
    switch self {
    case .engagement(uri: let uri, over: let link): (.engagement(uri: uri), link)
    case .code: (.code, nil)
    }
  }
}
