import CoffretCore
import Foundation

/// Brings what happens to one side of a session to its machine, one thing at a time, and does what
/// the machine wants.
actor Driver<S: Side> {
  /// Something that has happened, and who waits to hear what the machine said.
  private struct Turn: Sendable {
    let event: S.Event
    /// Whether the keys are of no use once it has happened.
    var abandonsKeys = false
    var reply: CheckedContinuation<Use?, any Error>?
  }

  /// What the keystore is to do, unless it is told otherwise meanwhile.
  private struct Use: Sendable {
    let tasks: [KeyTask]
    let round: Int
  }

  /// How many seconds a link has for the last message.
  private static var farewell: TimeInterval { 2 }

  /// The machine, let go when it is over.
  private var side: S?
  private let keys: (any KeyExecutor)?
  private let time: any TimeSource
  private let queue: CoreQueue
  private let failed: @Sendable () async -> Void
  private let states: AsyncStream<S.State>.Continuation
  private let turns: AsyncStream<Turn>.Continuation
  private let outbox: AsyncStream<Data>.Continuation
  private var sending: Task<Void, Never>?
  private var receiving: Task<Void, Never>?
  private var waking: Task<Void, Never>?
  private var keystore: Task<([KeyOutcome], (any Error)?), Never>?
  /// What was shown last, and who is shown what follows.
  private var last: S.State?
  private var hasEnded = false
  private var watchers: [AsyncStream<S.State>.Continuation] = []
  /// How often the keystore was told what to do, or not to.
  private var round = 0

  private var isOver: Bool {
    side == nil
  }

  /// Begins, with what the machine wants first; `failed` is done when it answers no more. Whoever
  /// leaves the states, or drops them, gives the session up.
  static func begin(
    _ side: S, _ first: [Wish<S.State>], keys: (any KeyExecutor)?, link: (any Link)?,
    time: any TimeSource, queue: CoreQueue, failed: @escaping @Sendable () async -> Void = {}
  ) -> (Driver, AsyncStream<S.State>) {
    let (states, shown) = AsyncStream<S.State>.makeStream()
    let (turns, taken) = AsyncStream<Turn>.makeStream()
    shown.onTermination = { reason in
      if case .cancelled = reason {
        taken.yield(Turn(event: .givenUp))
      }
    }
    let (messages, outbox) = AsyncStream<Data>.makeStream()
    let driver = Driver(
      side, keys: keys, time: time, queue: queue, failed: failed, states: shown, turns: taken,
      outbox: outbox)
    Task { await driver.run(first, turns, link, messages) }
    return (driver, states)
  }

  private init(
    _ side: S, keys: (any KeyExecutor)?, time: any TimeSource, queue: CoreQueue,
    failed: @escaping @Sendable () async -> Void,
    states: AsyncStream<S.State>.Continuation, turns: AsyncStream<Turn>.Continuation,
    outbox: AsyncStream<Data>.Continuation
  ) {
    self.side = side
    self.keys = keys
    self.time = time
    self.queue = queue
    self.failed = failed
    self.states = states
    self.turns = turns
    self.outbox = outbox
  }

  /// Brings an event to the machine, and waits until the keys are used that it wants used then, or
  /// need not be.
  ///
  /// Throws what the machine says of the event, or why the keys are not used; so does the
  /// cancellation of the task, which cancels their use.
  func submit(_ event: S.Event, abandonsKeys: Bool = false) async throws {
    if let use = try await turn(event, abandonsKeys: abandonsKeys) {
      try await self.use(use)
    }
  }

  /// Ends the session. The other side is told where it can be, and nothing more is used up.
  func giveUp() async {
    try? await submit(.givenUp)
  }

  /// The last state, then those that follow, to the end.
  func watch() -> AsyncStream<S.State> {
    let (states, watcher) = AsyncStream<S.State>.makeStream()
    if let last {
      watcher.yield(last)
    }
    if hasEnded {
      watcher.finish()
    } else {
      watchers.append(watcher)
    }
    return states
  }

  /// Asks the machine what changes nothing. Once it is over, there is nothing to ask.
  func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (S) throws -> Answer
  ) async throws -> Answer {
    guard let side else { throw CoffretError.unexpected }
    return try await queue.run { try question(side) }
  }

  private func show(_ state: S.State) {
    last = state
    states.yield(state)
    watchers.forEach { $0.yield(state) }
  }

  private func showTheEnd(_ state: S.State) {
    show(state)
    hasEnded = true
    states.finish()
    watchers.forEach { $0.finish() }
    watchers = []
  }

  private func turn(_ event: S.Event, abandonsKeys: Bool = false) async throws -> Use? {
    try await withCheckedThrowingContinuation { reply in
      let turn = Turn(event: event, abandonsKeys: abandonsKeys, reply: reply)
      if case .terminated = turns.yield(turn) {
        reply.resume(returning: nil)
      }
    }
  }

  private func run(
    _ first: [Wish<S.State>], _ turns: AsyncStream<Turn>, _ link: (any Link)?,
    _ messages: AsyncStream<Data>
  ) async {
    if let link {
      sending = Task { await self.send(messages, link) }
      receiving = Task { await self.receive(link) }
    }
    reply(to: nil, perform(first))
    for await turn in turns {
      do {
        let wishes = try await step(turn.event)
        if turn.abandonsKeys {
          abandonKeys()
        }
        reply(to: turn.reply, perform(wishes))
      } catch {
        let error = CoffretError(error)
        if turn.reply == nil || error.isFinal {
          end(S.failed(error))
        }
        if error.isFinal {
          await failed()
        }
        turn.reply?.resume(throwing: error)
      }
    }
  }

  private func step(_ event: S.Event) async throws -> [Wish<S.State>] {
    guard let side else { return [] }
    let now = time.now
    return try await queue.run { try side.step(event, now: now) }
  }

  private func perform(_ wishes: [Wish<S.State>]) -> Use? {
    var use: Use?
    for wish in wishes where !isOver {
      switch wish {
      case .show(let state): show(state)
      case .useKeys(let tasks):
        show(S.usingKeys)
        round += 1
        use = Use(tasks: tasks, round: round)
      case .send(let message): outbox.yield(message)
      case .wake(let time): wake(at: time)
      case .end(let state): end(state)
      }
    }
    return use
  }

  /// Whoever brought the event has the keys used; nobody did where it came by itself.
  private func reply(to reply: CheckedContinuation<Use?, any Error>?, _ use: Use?) {
    if let reply {
      reply.resume(returning: use)
    } else if let use {
      Task { try? await self.use(use) }
    }
  }

  /// Has the keystore do this, and what the machine wants of it then. Throws why it has not.
  private func use(_ first: Use) async throws {
    var next: Use? = first
    while let use = next, isWaited(use) {
      let keystore = Task { [keys] in await Self.outcomes(of: use.tasks, by: keys) }
      self.keystore = keystore
      let (outcomes, failure) = await withTaskCancellationHandler {
        await keystore.value
      } onCancel: {
        keystore.cancel()
      }
      guard isWaited(use) else { return }
      do {
        next = try await turn(.keysDone(outcomes: outcomes))
      } catch {
        guard isWaited(use) else { return }
        try await decline(use, failure ?? error)
      }
      if let failure {
        throw failure
      }
    }
  }

  /// Where the question was answered, or is over, meanwhile, nobody waits for the keystore.
  private func isWaited(_ use: Use) -> Bool {
    use.round == round && !isOver
  }

  /// What the keystore has done is of no use: to the machine, nobody would.
  private func decline(_ use: Use, _ failure: any Error) async throws {
    do {
      try await submit(.keysDone(outcomes: Self.declined(use.tasks)))
    } catch {
      if isWaited(use) {
        end(S.failed(failure as? CoffretError ?? CoffretError(error)))
      }
    }
    throw failure
  }

  private func abandonKeys() {
    round += 1
    keystore?.cancel()
  }

  private static func outcomes(
    of tasks: [KeyTask], by keys: (any KeyExecutor)?
  ) async -> ([KeyOutcome], (any Error)?) {
    do {
      let outcomes = try await keys?.perform(tasks) ?? declined(tasks)
      try Task.checkCancellation()
      return (outcomes, nil)
    } catch {
      return (declined(tasks), error)
    }
  }

  private static func declined(_ tasks: [KeyTask]) -> [KeyOutcome] {
    tasks.map { _ in .declined }
  }

  private func wake(at time: Date) {
    let source = self.time
    waking = Task { [turns] in
      // The clock of the wait is not that of the time of day.
      while source.now < time {
        do { try await source.sleep(until: time) } catch { return }
      }
      turns.yield(Turn(event: .tick))
    }
  }

  private nonisolated func receive(_ link: any Link) async {
    while let message = try? await link.receive() {
      turns.yield(Turn(event: .received(message: message)))
    }
    turns.yield(Turn(event: .closed))
    await linkIsClosed()
  }

  /// Nothing more arrives: whatever is being sent need not be waited for.
  private func linkIsClosed() {
    if !isOver {
      sending?.cancel()
    }
  }

  private nonisolated func send(_ messages: AsyncStream<Data>, _ link: any Link) async {
    for await message in messages {
      do {
        try await link.send(message)
      } catch {
        turns.yield(Turn(event: .closed))
        return
      }
    }
  }

  /// The end is shown once everything is sent, or cannot be: whoever sees it may close the link.
  private func end(_ state: S.State) {
    guard !isOver else { return }
    side = nil
    turns.finish()
    outbox.finish()
    receiving?.cancel()
    waking?.cancel()
    keystore?.cancel()
    let (sending, time) = (sending, time)
    let farewell = Task {
      try? await time.sleep(until: time.now + Self.farewell)
      sending?.cancel()
      showTheEnd(state)
    }
    Task {
      await sending?.value
      farewell.cancel()
    }
  }
}
