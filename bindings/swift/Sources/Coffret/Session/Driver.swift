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

  /// One use of the keystore.
  private final class Use: Sendable {
    let task: Task<Used, Never>

    init(_ task: Task<Used, Never>) {
      self.task = task
    }
  }

  /// Why the keys were not used; else how they are used next, where they are.
  private struct Used: Sendable {
    var failure: (any Error)?
    var next: Use?
  }

  /// How many seconds a link has for the last message.
  private static var farewell: TimeInterval { 2 }

  private let side: S
  private let keys: (any KeyExecutor)?
  private let time: any TimeSource
  private let queue: CoreQueue
  private let states: AsyncStream<S.State>.Continuation
  private let turns: AsyncStream<Turn>.Continuation
  private let outbox: AsyncStream<Data>.Continuation
  private var sending: Task<Void, Never>?
  private var receiving: Task<Void, Never>?
  private var waking: Task<Void, Never>?
  private var usingKeys: Use?
  private var round = 0
  private let failed: @Sendable () async -> Void
  private var isOver = false

  /// Begins, with what the machine wants first; `failed` is done when it answers no more. Whoever leaves the states, or drops them, gives the
  /// session up.
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

  /// Brings an event to the machine. Throws what the machine says of it.
  func submit(_ event: S.Event, abandonsKeys: Bool = false) async throws {
    _ = try await turn(event, abandonsKeys: abandonsKeys)
  }

  /// Brings an event that uses the keys to the machine, and waits until they are used, or need not
  /// be. Throws why they are not; so does the cancellation of the task, which cancels their use.
  func submitUsingKeys(_ event: S.Event) async throws {
    var use = try await turn(event)
    while let current = use {
      let used = await withTaskCancellationHandler {
        await current.task.value
      } onCancel: {
        current.task.cancel()
      }
      if let failure = used.failure {
        throw failure
      }
      use = used.next
    }
  }

  private func turn(_ event: S.Event, abandonsKeys: Bool = false) async throws -> Use? {
    try await withCheckedThrowingContinuation { reply in
      let turn = Turn(event: event, abandonsKeys: abandonsKeys, reply: reply)
      if case .terminated = turns.yield(turn) {
        reply.resume(returning: nil)
      }
    }
  }

  /// Ends the session. The other side is told where it can be, and nothing more is used up.
  func giveUp() async {
    try? await submit(.givenUp)
  }

  private func run(
    _ first: [Wish<S.State>], _ turns: AsyncStream<Turn>, _ link: (any Link)?,
    _ messages: AsyncStream<Data>
  ) async {
    if let link {
      sending = Task { await self.send(messages, link) }
      receiving = Task { await self.receive(link) }
    }
    perform(first)
    for await turn in turns {
      let (side, now, event) = (side, time.now, turn.event)
      do {
        let wishes = try await queue.run { try side.step(event, now: now) }
        if turn.abandonsKeys {
          abandonKeys()
        }
        let use = perform(wishes)
        turn.reply?.resume(returning: use)
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

  @discardableResult
  private func perform(_ wishes: [Wish<S.State>]) -> Use? {
    var use: Use?
    for wish in wishes where !isOver {
      switch wish {
      case .show(let state): states.yield(state)
      case .useKeys(let tasks): use = self.use(tasks)
      case .send(let message): outbox.yield(message)
      case .wake(let time): wake(at: time)
      case .end(let state): end(state)
      }
    }
    return use
  }

  private func use(_ tasks: [KeyTask]) -> Use {
    states.yield(S.usingKeys)
    round += 1
    let (round, keys) = (round, keys)
    let use = Use(
      Task {
        let (outcomes, failure) = await Self.outcomes(of: tasks, by: keys)
        return await used(tasks, outcomes, failure, round)
      })
    usingKeys = use
    return use
  }

  /// The keystore is done. Where the question was answered meanwhile nobody waits for that.
  private func used(
    _ tasks: [KeyTask], _ outcomes: [KeyOutcome], _ failure: (any Error)?, _ round: Int
  ) async -> Used {
    guard round == self.round, !isOver else { return Used() }
    do {
      let next = try await turn(.keysDone(outcomes: outcomes))
      return Used(failure: failure, next: next)
    } catch {
      guard round == self.round, !isOver else { return Used() }
      let failure = failure ?? error
      // What the keystore has done is of no use: to the machine, nobody would.
      do {
        try await submit(.keysDone(outcomes: Self.declined(tasks)))
      } catch {
        if round == self.round {
          end(S.failed(failure as? CoffretError ?? CoffretError(error)))
        }
      }
      return Used(failure: failure)
    }
  }

  private func abandonKeys() {
    round += 1
    usingKeys?.task.cancel()
    usingKeys = nil
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
    isOver = true
    turns.finish()
    outbox.finish()
    receiving?.cancel()
    waking?.cancel()
    usingKeys?.task.cancel()
    let (states, sending, time) = (states, sending, time)
    let (sent, isSent) = AsyncStream<Void>.makeStream()
    let waiting = Task {
      try? await time.sleep(until: time.now + Self.farewell)
      sending?.cancel()
      isSent.finish()
    }
    Task {
      await sending?.value
      isSent.finish()
    }
    Task {
      for await _ in sent {}
      states.yield(state)
      states.finish()
      waiting.cancel()
    }
  }
}
