package ca.coffret

import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration.Companion.seconds

/** How long a session that ends tries to tell the other side. */
private val FAREWELL = 2.seconds

/**
 * A machine as it runs: events are given to it one at a time, its effects are carried out.
 *
 * It runs while its states are collected. The link, the keystore and the clock are jobs of that
 * collection, so that none keeps it from hearing the others.
 */
internal class Session<S : Any>(
    private val calls: Calls,
    private val clock: Clock,
    private val keys: KeyExecutor?,
    private val link: Link?,
    /** Those that run, this one among them while it does. */
    private val sessions: Sessions,
    private val begin: (now: Instant) -> Begun<S>,
) {
    private val collected = AtomicBoolean()
    private val inbox = Channel<Message>(Channel.UNLIMITED) { it.over() }
    private val outbox = Channel<ByteArray>(Channel.UNLIMITED)
    private var machine: Machine<S>? = null

    @Volatile
    private var isOver = false

    /** What giving up has led to. */
    private var left: List<Effect<S>>? = null

    val states: Flow<S> =
        channelFlow {
            check(collected.compareAndSet(false, true)) { "a session is collected once" }
            // What is on its way is not cut off where the collection is cancelled.
            val sending = CoroutineScope(coroutineContext + Job()).launch { sendAll() }
            try {
                val last = coroutineScope { Run(this, channel).toTheEnd() }
                sent(sending)
                send(last)
            } catch (error: Throwable) {
                withContext(NonCancellable) {
                    farewell()
                    sent(sending)
                }
                throw error
            } finally {
                sessions.remove(this@Session)
                isOver = true
                machine?.close()
            }
        }.buffer(Channel.UNLIMITED)

    /** Gives it an event and waits until that is dealt with. */
    suspend fun give(event: Event) {
        Inside.refuse()
        checkRuns()
        val given = Given(event)
        if (!inbox.trySend(given).isSuccess) given.over()
        given.handled.await()
    }

    /** Ends it at once, as far as the core knows; the other side is told when there is time. */
    fun giveUp() {
        val now = clock.instant()
        val message =
            try {
                synchronized(this) { left = step(Event.GivenUp, now) }
                Given(Event.GivenUp)
            } catch (error: CoffretException) {
                Failed(error)
            }
        inbox.trySend(message)
    }

    /** Asks the machine what changes nothing. Before its begin and after its end there is none to ask. */
    suspend fun <T> ask(question: (Machine<S>) -> T): T {
        checkRuns()
        return calls.make {
            question(machine?.takeUnless { isOver } ?: throw CoffretException.unexpected())
        }
    }

    private fun checkRuns() =
        check(collected.get()) { "a session runs while its states are collected" }

    private suspend fun take(event: Event): List<Effect<S>> =
        calls.make { step(event, clock.instant()) }

    /** What an event leads to; once it is given up, that counts and no event any more. */
    @Synchronized
    private fun step(
        event: Event,
        now: Instant,
    ): List<Effect<S>> = left ?: checkNotNull(machine).step(event, now)

    private suspend fun sendAll() {
        try {
            for (message in outbox) link?.send(message)
        } catch (error: Throwable) {
            inbox.trySend(Failed(thrown(error)))
        }
    }

    /** Waits until all is sent, and not for ever. */
    private suspend fun sent(sending: Job) {
        outbox.close()
        withTimeoutOrNull(FAREWELL) { sending.join() }
        sending.cancelAndJoin()
    }

    /** The other side is told, where that can be. */
    private suspend fun farewell() {
        if (machine == null) return
        val effects =
            try {
                take(Event.GivenUp)
            } catch (_: CoffretException) {
                return
            }
        effects.filterIsInstance<Effect.Send>().forEach { outbox.trySend(it.message) }
    }

    private inner class Run(
        private val jobs: CoroutineScope,
        private val said: SendChannel<S>,
    ) {
        private var using: Using? = null
        private var waking: Job? = null
        private var last: S? = null

        suspend fun toTheEnd(): S {
            try {
                whole { carryOut(calls.make { begun() }) }
                link?.let { jobs.launch { hear(it) } }
                while (true) {
                    last?.let { return it }
                    val message = inbox.receive()
                    // One that was there already is received even where the collection is cancelled: it may be what
                    // the link says of that, which is no failure of the link.
                    if (!jobs.isActive) message.over()
                    jobs.ensureActive()
                    whole { handle(message) }
                }
            } finally {
                using?.approval?.over()
                inbox.cancel()
                jobs.coroutineContext.cancelChildren()
            }
        }

        /** What the core has been told of is carried out, even where the collection is cancelled. */
        private suspend fun whole(step: suspend () -> Unit) = withContext(NonCancellable) { step() }

        private fun begun(): List<Effect<S>> {
            val begun = begin(clock.instant())
            machine = begun.machine
            sessions.add(this@Session)
            return begun.effects
        }

        /** One message is heard after the other is dealt with. */
        private suspend fun hear(link: Link) {
            do {
                val message =
                    try {
                        link.receive()
                    } catch (error: Throwable) {
                        inbox.trySend(Failed(thrown(error)))
                        return
                    }
                give(if (message == null) Event.Closed else Event.Received(message))
            } while (message != null)
        }

        private suspend fun handle(message: Message) {
            when (message) {
                is Given -> given(message)
                is Done ->
                    try {
                        if (message.using === using) keysDone(message)
                    } finally {
                        message.over()
                    }
                is Failed -> throw message.failure
            }
        }

        /** What a person cannot do now is told that person; other errors end the session. */
        private suspend fun given(message: Given) {
            try {
                carryOut(take(message.event), message)
            } catch (error: Throwable) {
                message.fail(error)
                val stays = error is CoffretException && !error.isFinal
                if (!(stays && message.event is Event.OfPerson)) throw error
            }
        }

        /** What the core does not take counts as declined, and is told whoever approved. */
        private suspend fun keysDone(done: Done) {
            val approval = done.using.approval
            done.failure?.let { approval?.fail(it) }
            val effects =
                try {
                    take(Event.KeysDone(done.outcomes))
                } catch (error: CoffretException) {
                    val failure = done.failure ?: error
                    if (approval == null) throw failure
                    approval.fail(failure)
                    take(Event.KeysDone(done.using.declined))
                }
            carryOut(effects, approval)
        }

        /** Carries out what a message has led to. An approval is dealt with once the keys are used. */
        private fun carryOut(
            effects: List<Effect<S>>,
            message: Given? = null,
        ) {
            if (effects.isNotEmpty()) {
                using?.job?.cancel()
                using?.approval?.takeIf { it !== message }?.over()
                using = null
            }
            for (effect in effects) {
                when (effect) {
                    is Effect.Say -> said.trySend(effect.state)
                    is Effect.Send -> outbox.trySend(effect.message)
                    is Effect.UseKeys -> use(effect.tasks, message)
                    is Effect.WakeAt -> wake(effect.time)
                    is Effect.End -> {
                        last = effect.state
                        message?.over()
                    }
                }
            }
            message?.takeIf { it !== using?.approval }?.handled?.complete(Unit)
        }

        private fun use(
            tasks: List<KeyTask>,
            approval: Given?,
        ) {
            val use = Using(tasks, approval)
            using = use
            use.job =
                jobs.launch {
                    val done =
                        try {
                            Done(use, checkNotNull(keys) { "a keystore" }.perform(tasks))
                        } catch (error: Throwable) {
                            Done(use, use.declined, thrown(error))
                        }
                    if (!inbox.trySend(done).isSuccess) done.over()
                }
        }

        private fun wake(time: Instant) {
            waking?.cancel()
            waking =
                jobs.launch {
                    while (true) {
                        val left = Duration.between(clock.instant(), time)
                        if (left <= Duration.ZERO) break
                        delay(left.toMillis().coerceAtLeast(1))
                    }
                    inbox.trySend(Given(Event.Tick))
                }
        }
    }
}

/**
 * What a link or a keystore has thrown. A cancellation that is its own, such as that of a timeout, is
 * a failure like others; where the session is cancelled, nobody hears of it any more.
 */
private fun thrown(error: Throwable): Throwable =
    if (error is CancellationException) IllegalStateException(null, error) else error

/** What comes to a session. */
private sealed interface Message {
    /** It is dealt with no more: the session has ended. */
    fun over()
}

/** An event, and whoever gave it, who waits until it is dealt with. */
private class Given(
    val event: Event,
) : Message {
    val handled = CompletableDeferred<Unit>()

    fun fail(failure: Throwable) {
        handled.completeExceptionally(failure)
    }

    /** What was approved and not let go is told. The rest needs no end of its own. */
    override fun over() {
        if (event is Event.Approved) fail(CoffretException.unexpected()) else handled.complete(Unit)
    }
}

/** What a keystore has done; or why it has not, and what counts in place of it. */
private class Done(
    val using: Using,
    val outcomes: List<KeyOutcome>,
    val failure: Throwable? = null,
) : Message {
    override fun over() = outcomes.forEach(KeyOutcome::destroy)
}

/** What ends the session. */
private class Failed(
    val failure: Throwable,
) : Message {
    override fun over() = Unit
}

/** A keystore at work, and the approval that waits for it. */
private class Using(
    private val tasks: List<KeyTask>,
    val approval: Given?,
) {
    lateinit var job: Job

    val declined: List<KeyOutcome> get() = tasks.map { KeyOutcome.Declined }
}
