import CoffretCore

/// The keystore that holds the private keys: Secure Enclave, Keychain, a smart card, software.
public protocol KeyExecutor: Sendable {
  /// Does what is asked, in order, asking the person where the keystore wants that.
  ///
  /// Whatever it throws is as if every task had been declined, and comes out of the call that used
  /// the keys. It is cancelled when the session ends meanwhile, or the wallet is locked or closed.
  func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome]
}

/// The keystore of an open wallet itself, for desktops: its keys are sealed records. It asks nobody.
public struct SoftwareKeyExecutor: KeyExecutor {
  private let wallet: Wallet

  /// The keystore of this wallet.
  public init(_ wallet: Wallet) {
    self.wallet = wallet
  }

  /// Does what is asked, in order.
  public func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome] {
    try await wallet.perform(tasks)
  }
}

/// Keys in memory, which ask nobody: for a reader on a desktop, and for tests.
public final class SoftwareKeys: KeyExecutor {
  private let core: CoffretCore.SoftwareKeys
  private let queue = CoreQueue()

  /// No keys yet.
  public init() throws {
    core = try calling { try CoffretCore.SoftwareKeys() }
  }

  /// Takes in a private key, PKCS #8 in PEM, and gives its name.
  public func insert(pem: String) throws -> KeyId {
    try calling { try core.insert(pem: pem) }
  }

  /// Does what is asked, in order.
  public func perform(_ tasks: [KeyTask]) async throws -> [KeyOutcome] {
    try await queue.run { [core] in try core.perform(tasks: tasks) }
  }
}
