package ca.coffret

import ca.coffret.ffi.KeyOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What is left when a session ends, over a machine that the test writes and in the test's time. */
@OptIn(ExperimentalCoroutinesApi::class)
class SessionEndTest {
    private fun test(test: suspend TestScope.() -> Unit) =
        runTest(timeout = 5.minutes, testBody = test)

    @Test
    fun `what waits when the collection is cancelled is not taken any more`() =
        test {
            lateinit var states: Deferred<*>
            val link = Listener()
            val keys =
                KeyExecutor { tasks ->
                    delay(1.seconds)
                    tasks.map { KeyOutcome.Deleted }
                }
            val script =
                script(keys, link) {
                    when (it) {
                        is Event.Approved -> listOf(usesKeys(), wakesIn(1.seconds))
                        is Event.Frame -> emptyList<Nothing>().also { states.cancel() }
                        else -> listOf(sends(1))
                    }
                }
            states = script.collected(this)
            // In the same moment as the keys are done and it is to wake, and before.
            launch {
                delay(1.seconds)
                script.session.give(FRAME)
            }
            runCurrent()
            assertCode("event-unexpected") { script.session.give(APPROVED) }
            states.join()
            assertEquals(listOf("Approved", "Frame", "GivenUp"), script.events)
            assertEquals(listOf<Byte>(1), link.heard)
            assertTrue(script.isClosed)
        }

    @Test
    fun `what an event has led to is carried out, even where the collection is cancelled`() =
        test {
            lateinit var states: Deferred<*>
            val link = Listener()
            val script =
                script(link = link) {
                    when (it) {
                        is Event.Approved -> listOf(sends(1)).also { states.cancel() }
                        else -> listOf(sends(2))
                    }
                }
            states = script.collected(this)
            runCurrent()
            script.session.give(APPROVED)
            states.join()
            assertEquals(listOf<Byte>(1, 2), link.heard)
        }

    @Test
    fun `what is on its way when the collection is cancelled is not cut off`() =
        test {
            val link = Listener(takes = 900.milliseconds)
            val script = script(link = link) { listOf(sends(if (it == Event.GivenUp) 2 else 1)) }
            val states = script.collected(this)
            runCurrent()
            script.session.give(FRAME)
            runCurrent()
            states.cancelAndJoin()
            assertEquals(listOf<Byte>(1, 2), link.heard)
        }

    @Test
    fun `a link that hangs keeps nobody who leaves`() =
        test {
            val cancelling: suspend (Script, Deferred<*>) -> Unit = { _, states -> states.cancel() }
            val leaving: suspend (Script, Deferred<*>) -> Unit = { script, _ ->
                script.session.give(Event.GivenUp)
            }
            for (leave in listOf(cancelling, leaving)) {
                var isCut = false
                val link =
                    object : Link {
                        override suspend fun send(message: ByteArray) =
                            try {
                                awaitCancellation()
                            } finally {
                                isCut = true
                            }

                        override suspend fun receive(): ByteArray = awaitCancellation()
                    }
                val script = script(link = link) { listOf(sends(1), ends("over")) }
                val states = script.collected(this)
                runCurrent()
                val before = currentTime
                leave(script, states)
                states.join()
                assertEquals(2_000, currentTime - before)
                assertTrue(isCut)
            }
        }

    @Test
    fun `given up, that counts and nothing that waits`() =
        test {
            val link = Listener()
            val script = script(link = link) { listOf(sends(1), ends("${it::class.simpleName}")) }
            val states = script.collected(this)
            runCurrent()
            val approving =
                launch(start = CoroutineStart.UNDISPATCHED) {
                    assertCode("event-unexpected") { script.session.give(APPROVED) }
                }
            script.sessions.giveUp()
            approving.join()
            assertEquals(listOf("GivenUp"), states.await().getOrThrow())
            assertEquals(listOf("GivenUp"), script.events)
            assertEquals(listOf<Byte>(1), link.heard)
        }

    @Test
    fun `given up in vain, it fails`() =
        test {
            val script = script { throw CoffretException.fault() }
            val states = script.collected(this)
            runCurrent()
            script.sessions.giveUp()
            assertCode("internal-fault") { states.await().getOrThrow() }
            assertTrue(script.isClosed)
        }

    @Test
    fun `what waits when it fails is told`() =
        test {
            val script = script { throw CoffretException.fault() }
            val states = script.collected(this)
            runCurrent()
            val first =
                launch(start = CoroutineStart.UNDISPATCHED) {
                    assertCode("internal-fault") { script.session.give(FRAME) }
                }
            val second =
                launch(start = CoroutineStart.UNDISPATCHED) {
                    assertCode("event-unexpected") { script.session.give(APPROVED) }
                }
            assertCode("internal-fault") { states.await().getOrThrow() }
            first.join()
            second.join()
        }

    @Test
    fun `where the wallet is closed while it begins, it does not begin`() =
        test {
            lateinit var script: Script
            script = script(begins = { script.sessions.close() }) { emptyList() }
            val states = script.collected(this)
            assertCode("object-closed") { states.await().getOrThrow() }
            assertTrue(script.isClosed)
        }

    /** On threads, of which one waits for the other. */
    @Test
    fun `given up and cancelled at once, the other side is told`() =
        waiting {
            lateinit var states: Deferred<*>
            lateinit var caller: Thread
            val begun = CompletableDeferred<Unit>()
            val givenUps = AtomicInteger()
            val link = Listener()
            Executors
                .newSingleThreadExecutor { Thread(it).also { caller = it } }
                .asCoroutineDispatcher()
                .use { calls ->
                    val script =
                        Script(link = link, dispatcher = calls, begins = { begun.complete(Unit) }) {
                            if (it != Event.GivenUp || givenUps.getAndIncrement() > 0) {
                                emptyList()
                            } else {
                                states.cancel()
                                // Until the collection gives it up too.
                                caller.untilHeldUp { givenUps.get() > 1 || states.isCompleted }
                                listOf(sends(1))
                            }
                        }
                    states = script.collected(this)
                    begun.await()
                    script.session.give(FRAME)
                    script.sessions.giveUp()
                    states.join()
                }
            assertEquals(listOf<Byte>(1), link.heard)
        }
}
