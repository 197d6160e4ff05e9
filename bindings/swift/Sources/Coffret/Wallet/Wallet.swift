import CoffretCore
import Foundation

/// What a wallet is at the moment.
public enum WalletState: Sendable {
  /// There is none in the folder yet.
  case new
  /// It waits for its PIN.
  case locked
  /// It is open.
  case open
  /// It is closed, or erased: every call says so.
  case closed
}

/// A wallet: documents, consent, presentation, log, in an encrypted file.
///
/// Calls are made one at a time, in the order in which they come, off Swift's own threads. It keeps
/// other processes out until it is closed.
public actor Wallet {
  let core: CoffretCore.Wallet
  let time: any TimeSource
  let queue: CoreQueue
  private let bootClock: any BootClock
  private var known: WalletState
  /// How often the state was asked for, and the last of these that was answered.
  private var (asked, answered) = (0, 0)
  private var watchers: [UUID: AsyncStream<WalletState>.Continuation] = [:]
  private let presentations = Presentations()
  /// Over once no keys are made or deleted any more: to cancel it cancels that.
  var lastUse: Task<Void, Never>?

  /// The wallet in a folder, or the place where one can be made.
  ///
  /// Throws an error for each state that a file and its secrets can be in; none is worse for it.
  public static func open(
    folder: URL, secrets: Secrets, bootClock: any BootClock = SystemBootClock(),
    time: any TimeSource = SystemTime()
  ) async throws -> Wallet {
    let queue = CoreQueue()
    let (core, state) = try await queue.run {
      let core = try CoffretCore.Wallet.open(folder: folder.path, secrets: secrets)
      return (core, WalletState(try core.state()))
    }
    return Wallet(core, state, queue: queue, bootClock: bootClock, time: time)
  }

  /// Erases the wallet in a folder, whatever state it is in, its secrets first: the way out where
  /// the PIN is forgotten, or the file cannot be opened. Nobody may have it open.
  ///
  /// Throws where there never was a wallet, the secrets are another's, or they cannot be reached.
  public static func erase(folder: URL, secrets: Secrets) async throws {
    try await CoreQueue().run {
      try CoffretCore.eraseWallet(folder: folder.path, secrets: secrets)
    }
  }

  /// Erases the secrets of a wallet whose file is lost: the way out of `wallet-file-missing`, after
  /// which a new wallet can be made. Should the file turn up again, nothing opens it any more.
  ///
  /// Throws where the file is there, or the secrets cannot be reached.
  public static func eraseLostSecrets(folder: URL, secrets: Secrets) async throws {
    try await CoreQueue().run {
      try CoffretCore.eraseSecrets(folder: folder.path, secrets: secrets)
    }
  }

  /// Gives a wallet its secrets back, from a copy of its slot: the way out of `secrets-missing`.
  /// Where the secrets are as they should be, nothing changes.
  ///
  /// Throws where the copy is older than the wallet's file, is another wallet's, or is none; where
  /// the file is missing.
  public static func restoreLostSecrets(folder: URL, secrets: Secrets, copy: Data) async throws {
    try await CoreQueue().run {
      try CoffretCore.restoreSecrets(folder: folder.path, secrets: secrets, copy: copy)
    }
  }

  /// What an export says, to whoever has its passphrase: CBOR.
  ///
  /// Throws where it is not an export, or the passphrase is another.
  public static func openExport(_ export: Data, passphrase: String) async throws -> Data {
    try await CoreQueue().run {
      try CoffretCore.openExport(export: export, passphrase: passphrase)
    }
  }

  private init(
    _ core: CoffretCore.Wallet, _ state: WalletState, queue: CoreQueue, bootClock: any BootClock,
    time: any TimeSource
  ) {
    self.core = core
    self.known = state
    self.queue = queue
    self.bootClock = bootClock
    self.time = time
  }

  deinit {
    watchers.values.forEach { $0.finish() }
  }

  /// What it is at the moment.
  public var state: WalletState {
    known
  }

  /// What it is at the moment, then each other state that it takes, until it is closed.
  public var states: AsyncStream<WalletState> {
    let (states, watcher) = AsyncStream<WalletState>.makeStream()
    watcher.yield(known)
    guard known != .closed else {
      watcher.finish()
      return states
    }
    let id = UUID()
    watchers[id] = watcher
    watcher.onTermination = { [weak self] _ in
      Task { await self?.unwatch(id) }
    }
    return states
  }

  /// Makes a wallet, open.
  ///
  /// Throws where the PIN is not 6 to 32 digits or is among the first to be tried, which changes
  /// nothing. Where the wallet cannot be stored it is closed.
  public func create(pin: String) async throws {
    try await changing { try $0.create(pin: pin) }
  }

  /// How often the PIN may still be tried.
  public func attempts() async throws -> Attempts {
    let boot = bootClock.bootTime
    return try await call { try $0.attempts(boot: boot) }
  }

  /// Tries a PIN. The try is counted, durably, before it is made.
  public func unlock(pin: String) async throws {
    let boot = bootClock.bootTime
    try await changing { try $0.unlock(pin: pin, boot: boot) }
  }

  /// Locks the wallet: its PIN opens it again. Presentations under way are given up, and so are
  /// keys that are being made or deleted.
  public func lock() async throws {
    try await ending { try $0.lock() }
  }

  /// Closes the wallet: another object, or another process, may open it. What is under way is given
  /// up as by ``lock()``.
  public func close() async throws {
    try await ending { try $0.close() }
  }

  /// Destroys the wallet, its secrets first, and closes it.
  public func erase() async throws {
    try await ending { try $0.erase() }
  }

  /// Tries the PIN of the open wallet, so that whoever holds it shows that it is theirs: before
  /// something is shared, say. The tries and waits are those of unlocking; the last closes it.
  public func confirmPin(_ pin: String) async throws {
    let boot = bootClock.bootTime
    try await changing { try $0.confirmPin(pin: pin, boot: boot) }
  }

  /// Changes the PIN, once the old one was confirmed.
  ///
  /// Throws as ``confirmPin(_:)`` for the old one, and where the new one is not 6 to 32 digits or is
  /// among the first to be tried.
  public func changePin(from old: String, to new: String) async throws {
    let boot = bootClock.bootTime
    try await changing { try $0.changePin(old: old, new: new, boot: boot) }
  }

  /// How long after its last use the wallet is to be locked.
  public func autoLock() async throws -> Duration {
    .seconds(try await call { try $0.autoLock() })
  }

  /// Sets how long after its last use the wallet is to be locked: 15 seconds to an hour. It is for
  /// the app to keep the moment of the last use, to ask ``isAutoLockDue(lastUse:)``, and to lock.
  public func setAutoLock(_ after: Duration) async throws {
    let seconds = UInt64(clamping: after.components.seconds)
    try await call { try $0.setAutoLock(seconds: seconds) }
  }

  /// Whether a wallet last used then is to be locked now.
  public func isAutoLockDue(lastUse: BootTime) async throws -> Bool {
    let now = bootClock.bootTime
    return try await call { try $0.isAutoLockDue(lastUse: lastUse, now: now) }
  }

  /// Begins a presentation; `keys` are asked once the person has approved.
  ///
  /// Throws where a reader's code cannot be answered, or no longer.
  public func present(
    _ how: Engage, keys: any KeyExecutor, proof: DeviceAuth = .signature
  ) async throws -> PresentationSession {
    let (how, link) = how.parts
    let now = time.now
    let failed: @Sendable () async -> Void = { [weak self] in await self?.refresh() }
    return try await call { [presentations, queue, time] core in
      let session = PresentationSession(
        try core.present(how: how, method: proof, now: now), keys: keys, link: link, time: time,
        queue: queue, failed: failed)
      presentations.begins(session.driver)
      return session
    }
  }
}

extension Wallet {
  /// Makes a call of the core. One that nothing answers any more tells the state.
  func call<Result: Sendable>(
    _ call: @escaping @Sendable (CoffretCore.Wallet) throws -> Result
  ) async throws -> Result {
    do {
      return try await queue.run { [core] in try call(core) }
    } catch let error as CoffretError where error.isFinal {
      await refresh()
      throw error
    }
  }

  /// Makes a call that may change the state, whether it is refused or not.
  private func changing(
    _ call: @escaping @Sendable (CoffretCore.Wallet) throws -> Void
  ) async throws {
    do {
      try await queue.run { [core] in try call(core) }
    } catch {
      await refresh()
      throw error
    }
    await refresh()
  }

  /// Makes a call that ends what is under way, and what has begun before it is made too.
  private func ending(
    _ call: @escaping @Sendable (CoffretCore.Wallet) throws -> Void
  ) async throws {
    await giveUp()
    do {
      try await changing(call)
    } catch {
      await giveUp()
      throw error
    }
    await giveUp()
  }

  /// While the wallet can still write what became of the presentations.
  private func giveUp() async {
    lastUse?.cancel()
    for driver in presentations.taken() {
      await driver.giveUp()
    }
  }

  private func refresh() async {
    asked += 1
    let turn = asked
    let state = try? await queue.run { [core] in WalletState(try core.state()) }
    let now = state ?? .closed
    guard turn > answered else { return }
    answered = turn
    guard now != known else { return }
    known = now
    for watcher in watchers.values {
      watcher.yield(now)
      if now == .closed {
        watcher.finish()
      }
    }
  }

  private func unwatch(_ id: UUID) {
    watchers[id] = nil
  }
}

/// The presentations of a wallet that are not over. One is here as soon as the core has begun it: no
/// later call finds it missing.
private final class Presentations: @unchecked Sendable {
  private struct UnderWay {
    weak var driver: Driver<Holder>?
  }

  private let lock = NSLock()
  private var underWay: [UnderWay] = []

  func begins(_ driver: Driver<Holder>) {
    lock.withLock {
      underWay.removeAll { $0.driver == nil }
      underWay.append(UnderWay(driver: driver))
    }
  }

  /// Takes them all out.
  func taken() -> [Driver<Holder>] {
    lock.withLock {
      defer { underWay = [] }
      return underWay.compactMap(\.driver)
    }
  }
}

extension WalletState {
  fileprivate init(_ state: CoffretCore.WalletState) {
    switch state {
    case .new: self = .new
    case .locked: self = .locked
    case .open: self = .open
    }
  }
}

extension Engage {
  fileprivate var parts: (CoffretCore.Engage, (any Link)?) {
    switch self {
    case .device(let link): (.device, link)
    case .reader(let code): (.reader(code: code.core), nil)
    }
  }
}
