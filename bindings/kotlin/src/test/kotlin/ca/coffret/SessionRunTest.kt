package ca.coffret

import ca.coffret.ffi.KeyOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What a session does while it runs, over a machine that the test writes and in the test's time. */
@OptIn(ExperimentalCoroutinesApi::class)
class SessionRunTest {
    private fun test(test: suspend TestScope.() -> Unit) =
        runTest(timeout = 5.minutes, testBody = test)

    @Test
    fun `a link's messages come one after the other, then its end`() =
        test {
            var asked = 0
            val link =
                object : Link {
                    override suspend fun send(message: ByteArray) = Unit

                    override suspend fun receive(): ByteArray? {
                        asked += 1
                        return if (asked < 3) byteArrayOf(1) else null
                    }
                }
            val script =
                script(link = link) {
                    if (it == Event.Closed) listOf(ends("closed")) else listOf(says("$asked"))
                }
            assertEquals(listOf("1", "2", "closed"), script.collected(this).await().getOrThrow())
        }

    @Test
    fun `the end is said once everything is sent`() =
        test {
            val link = Listener(takes = 1.seconds)
            val script = script(link = link) { listOf(sends(1), says("sending"), ends("over")) }
            val states = mutableListOf<Pair<String, Long>>()
            val collecting =
                launch { script.session.states.collect { states += it to currentTime } }
            runCurrent()
            script.session.give(FRAME)
            collecting.join()
            assertEquals(listOf("sending" to 0L, "over" to 1_000L), states)
            assertTrue(script.isClosed)
            script.sessions.giveUp()
            assertEquals(listOf("Frame"), script.events, "it is not given up any more")
        }

    @Test
    fun `it wakes once, at the time that was said last`() =
        test {
            val times = ArrayDeque(listOf(1.seconds, 10.seconds))
            val script =
                script {
                    if (it == Event.Tick) {
                        listOf(ends("$currentTime"))
                    } else {
                        listOf(wakesIn(times.removeFirst()))
                    }
                }
            val states = script.collected(this)
            runCurrent()
            repeat(2) { script.session.give(FRAME) }
            assertEquals(listOf("10000"), states.await().getOrThrow())
            assertEquals(listOf("Frame", "Frame", "Tick"), script.events)
        }

    @Test
    fun `it wakes by the clock, which may be slow`() =
        test {
            val script =
                script(clock = VirtualClock(this, slowness = 2)) {
                    if (it ==
                        Event.Tick
                    ) {
                        listOf(ends("$currentTime"))
                    } else {
                        listOf(wakesIn(1.seconds))
                    }
                }
            val states = script.collected(this)
            runCurrent()
            script.session.give(FRAME)
            assertEquals(listOf("2000"), states.await().getOrThrow())
        }

    @Test
    fun `a refusal stops the keystore, and what it brings too late is not handed over`() =
        test {
            val stopped = CompletableDeferred<Unit>()
            val keys =
                KeyExecutor { tasks ->
                    runCatching { awaitCancellation() }
                    stopped.complete(Unit)
                    withContext(NonCancellable) { delay(1.seconds) }
                    tasks.map { KeyOutcome.Deleted }
                }
            val script =
                script(keys) {
                    if (it == Event.Refused) listOf(says("refused")) else listOf(usesKeys())
                }
            val states = script.collected(this)
            runCurrent()
            val approving =
                launch { assertCode("event-unexpected") { script.session.give(APPROVED) } }
            runCurrent()
            script.session.give(Event.Refused)
            approving.join()
            stopped.await()
            delay(2.seconds)
            assertEquals(listOf("Approved", "Refused"), script.events)
            states.cancelAndJoin()
        }

    @Test
    fun `an approval waits for its keys, and nothing else does`() =
        test {
            val done = CompletableDeferred<Unit>()
            val keys =
                KeyExecutor { tasks ->
                    done.await()
                    tasks.map { KeyOutcome.Deleted }
                }
            val script =
                script(keys) {
                    when (it) {
                        is Event.Approved -> listOf(usesKeys())
                        is Event.KeysDone -> listOf(says("answering"))
                        else -> emptyList()
                    }
                }
            val states = script.collected(this)
            runCurrent()
            val approving = launch { script.session.give(APPROVED) }
            runCurrent()
            script.session.give(FRAME)
            assertTrue(approving.isActive)
            done.complete(Unit)
            approving.join()
            states.cancelAndJoin()
        }

    @Test
    fun `an approval that the end overtakes is told so`() =
        test {
            val keys = KeyExecutor { tasks -> tasks.map { KeyOutcome.Deleted } }
            val script =
                script(keys) {
                    if (it is Event.Approved) listOf(usesKeys()) else listOf(ends("expired"))
                }
            val states = script.collected(this)
            runCurrent()
            assertCode("event-unexpected") { script.session.give(APPROVED) }
            assertEquals(listOf("expired"), states.await().getOrThrow())
        }

    @Test
    fun `a timeout of the link's own is a failure of the link`() =
        test {
            suspend fun tooLong(): Nothing = withTimeout(1.seconds) { awaitCancellation() }
            val receiving =
                object : Link {
                    override suspend fun send(message: ByteArray) = Unit

                    override suspend fun receive() = tooLong()
                }
            val sending =
                object : Link {
                    override suspend fun send(message: ByteArray) = tooLong()

                    override suspend fun receive(): ByteArray = awaitCancellation()
                }
            for (link in listOf(receiving, sending)) {
                val script = script(link = link) { listOf(sends(1)) }
                val states = script.collected(this)
                runCurrent()
                script.session.give(FRAME)
                assertTimedOut(states.await().exceptionOrNull())
            }
        }

    @Test
    fun `a timeout of the keystore's own is told whoever approved, who is asked again`() =
        test {
            val keys = KeyExecutor { withTimeout(1.seconds) { awaitCancellation() } }
            val script =
                script(keys) {
                    when (it) {
                        is Event.Approved -> listOf(usesKeys())
                        is Event.KeysDone -> listOf(says("asking"))
                        else -> listOf(ends("over"))
                    }
                }
            val states = script.collected(this)
            runCurrent()
            repeat(2) {
                assertTimedOut(runCatching { script.session.give(APPROVED) }.exceptionOrNull())
            }
            script.session.give(Event.GivenUp)
            assertEquals(listOf("asking", "asking", "over"), states.await().getOrThrow())
        }

    /** It is an error, and no cancellation, which would end whoever waits without a word. */
    private fun assertTimedOut(failure: Throwable?) {
        assertEquals(IllegalStateException::class, failure?.let { it::class })
        val causes = generateSequence(failure) { it.cause }
        assertTrue(causes.any { it is TimeoutCancellationException })
    }
}
