package ca.coffret

import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicReference
import kotlin.time.Duration.Companion.seconds

/** How long a session that is cancelled tries to tell the other side. */
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
    private val running: MutableSet<Session<*>>,
    private val begin: (now: Instant) -> Begun<S>,
) {
    private val collected = AtomicBoolean()
    private val inbox = Mailbox<Message<S>>()
    private val outbox = Mailbox<ByteArray>()
    private val left = AtomicReference<List<Effect<S>>>()

    @Volatile
    private var machine: Machine<S>? = null
    private var ended = false

    val states: Flow<S> =
        channelFlow {
            check(collected.compareAndSet(false, true)) { "a session is collected once" }
            // What is on its way is not cut off where the collection is cancelled.
            val sending = CoroutineScope(coroutineContext.minusKey(Job)).launch { sendAll() }
            var failure: Throwable? = null
            try {
                coroutineScope { Run(this, this@channelFlow, sending).toTheEnd() }
            } catch (error: Throwable) {
                failure = error
                throw error
            } finally {
                running.remove(this@Session)
                inbox.close()
                withContext(NonCancellable) { leave(sending) }
                inbox.rest().forEach { it.over(failure) }
            }
        }.buffer(Channel.UNLIMITED)

    /** Gives it an event and waits for what comes of it. What comes after the end is passed over. */
    suspend fun give(event: Event) {
        Inside.refuse()
        val message = Message<S>(event)
        if (inbox.put(message)) message.handled.await()
    }

    /** Ends it at once, as far as the core knows; the other side is told when there is time. */
    fun giveUp() {
        try {
            left.compareAndSet(null, machine?.step(Event.GivenUp, clock.instant()) ?: return)
        } catch (_: CoffretException) {
            return
        }
        inbox.put(Message(Event.GivenUp))
    }

    /** What an event leads to; once it is given up, that counts and no event any more. */
    private suspend fun step(event: Event): List<Effect<S>> {
        val machine = checkNotNull(machine)
        return try {
            left.get() ?: calls.make { machine.step(event, clock.instant()) }
        } catch (error: CoffretException) {
            left.get() ?: throw error
        }
    }

    /** What is not sent goes, and the other side is told, where that can be. */
    private suspend fun leave(sending: Job) {
        val effects =
            try {
                if (machine == null || ended) emptyList() else step(Event.GivenUp)
            } catch (_: CoffretException) {
                emptyList()
            }
        effects.filterIsInstance<Effect.Send>().forEach { outbox.put(it.message) }
        sent(sending)
        machine?.close()
    }

    /** Until there is nothing more to send. */
    private suspend fun sendAll() {
        try {
            while (true) {
                val message = outbox.next() ?: return
                link?.send(message)
            }
        } catch (error: Throwable) {
            inbox.put(Message(thrown(error)))
        }
    }

    /** Waits until all is sent, and not for ever. */
    private suspend fun sent(sending: Job) {
        outbox.close()
        withTimeoutOrNull(FAREWELL) { sending.join() }
        sending.cancelAndJoin()
    }

    private inner class Run(
        private val jobs: CoroutineScope,
        private val said: SendChannel<S>,
        private val sending: Job,
    ) {
        private var using: Using<S>? = null
        private var waking: Job? = null
        private var last: S? = null

        suspend fun toTheEnd() {
            try {
                whole { carryOut(calls.make { begun() }.effects) }
                val hearing = link?.let { jobs.launch { hear(it) } }
                while (!ended) {
                    val message = inbox.next() ?: break
                    whole { handle(message) }
                }
                hearing?.cancel()
                waking?.cancel()
                sent(sending)
                last?.let { said.send(it) }
            } catch (error: Throwable) {
                using?.stop(error)
                throw error
            }
        }

        /** What the core has been told of is carried out, even where the collection is cancelled. */
        private suspend fun whole(step: suspend () -> Unit) = withContext(NonCancellable) { step() }

        private fun begun(): Begun<S> =
            begin(clock.instant()).also {
                machine = it.machine
                running.add(this@Session)
            }

        /** One message is heard after the other is dealt with. */
        private suspend fun hear(link: Link) {
            do {
                val message =
                    try {
                        link.receive()
                    } catch (error: Throwable) {
                        inbox.put(Message(thrown(error)))
                        return
                    }
                give(if (message == null) Event.Closed else Event.Received(message))
            } while (message != null)
        }

        private suspend fun handle(message: Message<S>) {
            try {
                when (message.event) {
                    null -> throw checkNotNull(message.failure)
                    is Event.KeysDone ->
                        if (message.of === using) keysDone(message.event, message)
                    else -> carryOut(step(message.event), message)
                }
            } catch (error: Throwable) {
                message.over(error)
                val stays = error is CoffretException && !error.isFinal
                if (!(stays && message.event is Event.OfPerson)) throw error
            }
        }

        /** What the core does not take is told who approved, and counts as declined. */
        private suspend fun keysDone(
            event: Event.KeysDone,
            message: Message<S>,
        ) {
            val using = checkNotNull(using)
            var failure = message.failure
            val effects =
                try {
                    step(event)
                } catch (error: CoffretException) {
                    if (error.isFinal) throw error
                    val reason = failure ?: error
                    failure = reason
                    try {
                        step(Event.KeysDone(using.tasks.map { KeyOutcome.Declined }))
                    } catch (_: CoffretException) {
                        throw reason
                    }
                } finally {
                    event.outcomes.forEach(KeyOutcome::destroy)
                }
            if (failure != null) using.stop(failure)
            carryOut(effects, using.approval)
        }

        /** Carries out what an event has led to. An approval is dealt with once the keys are used. */
        private fun carryOut(
            effects: List<Effect<S>>,
            message: Message<S>? = null,
        ) {
            if (effects.isNotEmpty()) {
                using?.takeIf { it.approval !== message }?.stop(null)
                using?.job?.cancel()
                using = null
            }
            for (effect in effects) {
                when (effect) {
                    is Effect.Say -> said.trySend(effect.state)
                    is Effect.Send -> outbox.put(effect.message)
                    is Effect.UseKeys -> using = use(effect.tasks, message)
                    is Effect.WakeAt -> waking = wake(effect.time)
                    is Effect.End -> {
                        last = effect.state
                        ended = true
                    }
                }
            }
            if (using == null) message?.handled?.complete(Unit)
        }

        private fun use(
            tasks: List<KeyTask>,
            approval: Message<S>?,
        ): Using<S> {
            val using = Using(tasks, approval)
            using.job =
                jobs.launch {
                    val done =
                        try {
                            val outcomes = checkNotNull(keys) { "a keystore" }.perform(tasks)
                            Message<S>(Event.KeysDone(outcomes), of = using)
                        } catch (error: Throwable) {
                            val failure = thrown(error)
                            val declined = tasks.map { KeyOutcome.Declined }
                            Message(Event.KeysDone(declined), failure, using)
                        }
                    inbox.put(done)
                }
            return using
        }

        private fun wake(time: Instant): Job {
            waking?.cancel()
            return jobs.launch {
                while (true) {
                    val left = Duration.between(clock.instant(), time)
                    if (left <= Duration.ZERO) break
                    delay(left.toMillis().coerceAtLeast(1))
                }
                inbox.put(Message(Event.Tick))
            }
        }
    }
}

/**
 * What a link or a keystore has thrown. A cancellation that is its own, such as that of a timeout, is
 * a failure like others: whether the session is cancelled is told by the session's job.
 */
private suspend fun thrown(error: Throwable): Throwable {
    currentCoroutineContext().ensureActive()
    return if (error is CancellationException) IllegalStateException(null, error) else error
}

/** What comes to a session: an event, or the failure of a job. */
private class Message<S>(
    val event: Event?,
    val failure: Throwable? = null,
    val of: Using<S>? = null,
) {
    constructor(failure: Throwable) : this(null, failure)

    /** Who gave it waits for this. */
    val handled = CompletableDeferred<Unit>()

    /** It is dealt with no more: a session that ended passes it over. */
    fun over(failure: Throwable?) {
        when (failure) {
            null -> handled.complete(Unit)
            is CancellationException -> handled.completeExceptionally(CoffretException.closed())
            else -> handled.completeExceptionally(failure)
        }
    }
}

/** A keystore at work, and the approval that waits for it. */
private class Using<S>(
    val tasks: List<KeyTask>,
    val approval: Message<S>?,
) {
    var job: Job? = null

    fun stop(failure: Throwable?) {
        job?.cancel()
        approval?.over(failure)
    }
}
