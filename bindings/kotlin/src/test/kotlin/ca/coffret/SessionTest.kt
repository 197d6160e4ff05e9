package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Ask
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.LogOutcome
import ca.coffret.ffi.ReaderOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.Job
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import java.io.IOException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.concurrent.thread
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** How sessions end before their time. */
class SessionTest {
    @Test
    fun `a collection that is cancelled tells the reader, and uses nothing up`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            meeting.holding.cancelAndJoin()
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            assertEquals(1uL, wallet.copiesLeft())
            assertEquals(LogOutcome.Unanswered, wallet.log().single().outcome)
        }

    @Test
    fun `cancelled while the keystore is at work, which is cancelled too`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            val (atWork, cancelled) = List(2) { CompletableDeferred<Unit>() }
            val keys =
                KeyExecutor {
                    atWork.complete(Unit)
                    try {
                        awaitCancellation()
                    } finally {
                        cancelled.complete(Unit)
                    }
                }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            val asked = meeting.asked()
            val approving = launch { meeting.approveInVain(asked) }
            // That the keys are to be used is said before the keystore has begun.
            atWork.await()
            meeting.holding.cancelAndJoin()
            cancelled.await()
            approving.join()
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            assertEquals(1uL, wallet.copiesLeft())
        }

    @Test
    fun `cancelled when the keys are done and nothing is sealed yet`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            lateinit var meeting: Meeting
            val done = RememberedKeys(SoftwareKeyExecutor(wallet))
            val keys = KeyExecutor { done.perform(it).also { meeting.holding.cancel() } }
            meeting = Meeting(this, wallet, keys, registeredReader())
            meeting.approveInVain(meeting.asked())
            meeting.holding.join()
            assertTrue(done.areFreed())
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            assertEquals(1uL, wallet.copiesLeft())
            assertEquals(LogOutcome.Unanswered, wallet.log().single().outcome)
        }

    @Test
    fun `cancelled while the answer is stored, it goes`() =
        waiting {
            val memory = MemorySecrets()
            val holder = Holder().apply { secrets = Secrets.Platform(memory) }
            val wallet = holder.withCard(copies = 1, "--one-time")
            val meeting = Meeting(this, wallet, reader = registeredReader())
            val asked = meeting.asked()
            memory.before = { meeting.holding.cancel() }
            meeting.session.approve(asked.required)
            assertIs<ReaderOutcome.Read>(meeting.outcome())
            meeting.holding.join()
            assertEquals(0uL, wallet.copiesLeft())
            assertEquals(LogOutcome.Shared, wallet.log().single().outcome)
        }

    @Test
    fun `a reader that leaves ends the presentation`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            meeting.reading.giveUp()
            assertEquals("reading-given-up", unanswered(meeting.outcome()))
            meeting.ends(HolderOutcome.Unanswered)
        }

    @Test
    fun `a reader whose collection is cancelled tells the holder`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            meeting.read.cancelAndJoin()
            meeting.ends(HolderOutcome.Unanswered)
        }

    @Test
    fun `a link that closes ends both`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            meeting.pipe.holder.close()
            meeting.pipe.reader.close()
            meeting.ends(HolderOutcome.Unanswered)
            assertEquals("reading-closed", unanswered(meeting.outcome()))
        }

    @Test
    fun `what a link throws comes out of the states`() =
        waiting {
            class Lost : IOException()
            val wallet = Holder().withCard()
            val link =
                object : Link {
                    override suspend fun send(message: ByteArray) = throw Lost()

                    override suspend fun receive(): ByteArray = throw Lost()
                }
            val session = wallet.present(Engage.Device(link), SoftwareKeyExecutor(wallet))
            assertFailsWith<Lost> { session.states.collect {} }
        }

    @Test
    fun `locking the wallet gives its presentations up`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            wallet.lock()
            meeting.ends(HolderOutcome.Unanswered)
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            wallet.unlock(PIN)
            assertEquals(LogOutcome.Unanswered, wallet.log().single().outcome)
        }

    @Test
    fun `erasing the wallet gives its presentations up`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            wallet.erase()
            meeting.ends(HolderOutcome.Unanswered)
            assertEquals("reading-closed", unanswered(meeting.outcome()))
        }

    /** In one thread: the core is locked between the approval and what it leads to. */
    @OptIn(ExperimentalCoroutinesApi::class)
    @Test
    fun `locking the wallet with an approval on its way`() =
        runTest {
            val dispatcher = StandardTestDispatcher(testScheduler)
            val wallet = Holder(dispatcher).withCard(copies = 1, "--one-time")
            val reader = registeredReader(dispatcher = dispatcher)
            val meeting = Meeting(this, wallet, reader = reader)
            val asked = meeting.asked()
            val approving =
                launch(start = CoroutineStart.UNDISPATCHED) { meeting.approveInVain(asked) }
            wallet.lock()
            approving.join()
            meeting.ends(HolderOutcome.Unanswered)
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            wallet.unlock(PIN)
            assertEquals(1uL, wallet.copiesLeft())
            assertEquals(LogOutcome.Unanswered, wallet.log().single().outcome)
        }

    @Test
    fun `closing the wallet while a keystore is at work`() =
        waiting {
            val holder = Holder()
            val wallet = holder.withCard(copies = 1, "--one-time")
            val keys = KeyExecutor { awaitCancellation() }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            val asked = meeting.asked()
            val approving = launch { meeting.approveInVain(asked) }
            meeting.until<PresentationState.UsingKeys>()
            wallet.close()
            meeting.ends(HolderOutcome.Unanswered)
            approving.join()
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            assertEquals(WalletState.Closed, wallet.state.value)
            assertCode("object-closed") { wallet.documents() }
            wallet.close()

            val again = holder.open()
            again.unlock(PIN)
            assertEquals(1uL, again.copiesLeft())
        }

    @Test
    fun `two close the wallet at once`() =
        waiting {
            val holder = Holder()
            val wallet = holder.withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.until<PresentationState.Asking>()
            (1..2).map { async { wallet.close() } }.awaitAll()
            meeting.ends(HolderOutcome.Unanswered)
            holder.open().unlock(PIN)
        }

    /** The thread that draws the screen closes the wallet while a call is under way. */
    @Test
    fun `closing holds no thread up`() =
        waiting {
            val memory = MemorySecrets()
            val holder = Holder().also { it.secrets = Secrets.Platform(memory) }
            val wallet = holder.open().apply { create(PIN) }
            val under = CompletableDeferred<Unit>()
            val go = CountDownLatch(1)
            memory.before = {
                under.complete(Unit)
                go.await()
            }
            val call = launch(Dispatchers.IO) { wallet.addPerson("Émilie") }
            under.await()
            Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { screen ->
                val closing = launch(screen) { wallet.close() }
                // It goes on drawing.
                withContext(screen) {}
                go.countDown()
                listOf(call, closing).joinAll()
            }
            assertEquals(WalletState.Closed, wallet.state.value)
        }

    /** A screen that is turned is another, which looks at the same presentation. */
    @Test
    fun `a presentation outlives the screens that show it`() =
        waiting {
            val wallet = Holder().withCard()
            val pipe = Pipe()
            val keys = SoftwareKeyExecutor(wallet)
            val session = wallet.present(Engage.Device(pipe.holder), keys)
            val model = CoroutineScope(coroutineContext + Job())
            val states = session.runIn(model)
            val showing = states.filterIsInstance<PresentationState.Showing>().first()
            val reading =
                registeredReader().read(
                    Ask.Purpose("pharmacy"),
                    Start.Engagement(uri = showing.engagement, pipe.reader),
                )
            val read = async { reading.states.last() }
            val first = states.filterIsInstance<PresentationState.Asking>().first()
            val again = states.first()
            assertEquals(first, again, "the last state, for another screen")
            session.approve(first.consent.required)
            assertIs<ReadingState.Ended>(read.await())
            pipe.reader.close()
            assertIs<PresentationState.Ended>(states.last())
            assertIs<PresentationState.Ended>(states.last(), "after the end too")
            model.cancel()
        }

    /** So does a reading: the verdict is not lost with the screen that was turned. */
    @Test
    fun `a reading outlives the screens that show it`() =
        waiting {
            val wallet = Holder().withCard()
            val pipe = Pipe()
            val presenting =
                wallet.present(Engage.Device(pipe.holder), SoftwareKeyExecutor(wallet))
            val model = CoroutineScope(coroutineContext + Job())
            val asked = presenting.runIn(model)
            val showing = asked.filterIsInstance<PresentationState.Showing>().first()
            val reading =
                registeredReader().read(
                    Ask.Purpose("pharmacy"),
                    Start.Engagement(uri = showing.engagement, pipe.reader),
                )
            val states = reading.runIn(model)
            assertIs<ReadingState.Waiting>(states.filterIsInstance<ReadingState.Waiting>().first())
            val consent = asked.filterIsInstance<PresentationState.Asking>().first().consent
            presenting.approve(consent.required)
            val last = assertIs<ReadingState.Ended>(states.last())
            assertIs<ReaderOutcome.Read>(last.outcome)
            assertEquals(last, states.last(), "after the end too")
            pipe.reader.close()
            assertIs<PresentationState.Ended>(asked.last())
            model.cancel()
        }

    @Test
    fun `closing a reader gives its readings up`() =
        waiting {
            val wallet = Holder().withCard()
            val reader = registeredReader()
            val meeting = Meeting(this, wallet, reader = reader)
            meeting.until<PresentationState.Asking>()
            reader.close()
            assertEquals("reading-given-up", unanswered(meeting.outcome()))
            meeting.ends(HolderOutcome.Unanswered)
            assertCode("object-closed") {
                reader.read(Ask.Purpose("care"), Start.Code).states.collect {}
            }
        }

    @Test
    fun `leaving before a reader comes`() =
        waiting {
            val wallet = Holder().withCard()
            val session =
                wallet.present(Engage.Device(Pipe().holder), SoftwareKeyExecutor(wallet))
            val states = mutableListOf<PresentationState>()
            session.states.collect {
                states += it
                if (it is PresentationState.Showing) session.giveUp()
            }
            val outcome = assertIs<PresentationState.Ended>(states.last()).outcome
            assertEquals(HolderOutcome.Unanswered, outcome)
            assertEquals(emptyList(), wallet.log())
        }

    @Test
    fun `before its states are collected, a session does nothing`() =
        waiting {
            val wallet = Holder().withCard()
            val presenting =
                wallet.present(Engage.Device(Pipe().holder), SoftwareKeyExecutor(wallet))
            val reading = anonymousReader().read(Ask.Purpose("care"), Start.Code)
            val calls =
                listOf<suspend () -> Unit>(
                    { presenting.cautions(NOTHING) },
                    { presenting.approve(NOTHING) },
                    { presenting.refuse() },
                    { presenting.giveUp() },
                    { reading.scanned("any") },
                    { reading.giveUp() },
                )
            for (call in calls) assertFailsWith<IllegalStateException> { call() }
        }

    @Test
    fun `after the end nothing can be approved, and the rest is passed over`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.asked()
            meeting.session.refuse()
            assertIs<ReaderOutcome.Refused>(meeting.outcome())
            meeting.ends(HolderOutcome.Refused)
            assertCode("event-unexpected") { meeting.session.approve(NOTHING) }
            assertCode("event-unexpected") { meeting.session.cautions(NOTHING) }
            meeting.session.refuse()
            meeting.session.giveUp()
            meeting.reading.scanned("any")
            meeting.reading.giveUp()
            assertEquals(1, wallet.log().size)
        }

    @Test
    fun `states are collected once`() =
        waiting {
            val wallet = Holder().withCard()
            val session =
                wallet.present(Engage.Device(Pipe().holder), SoftwareKeyExecutor(wallet))
            session.states.first()
            assertFailsWith<IllegalStateException> { session.states.first() }
        }

    @Test
    fun `what is approved too early is refused, and the person is asked in turn`() =
        waiting {
            val wallet = Holder().withCard()
            val meeting = Meeting(this, wallet, reader = registeredReader())
            val early = CompletableDeferred<Unit>()
            val session =
                wallet.present(Engage.Device(Pipe().holder), SoftwareKeyExecutor(wallet))
            session.states.first {
                assertCode("event-unexpected") { session.approve(NOTHING) }
                assertCode("event-unexpected") { session.cautions(NOTHING) }
                early.complete(Unit)
            }
            meeting.approve()
            meeting.ends(HolderOutcome.Shared)
        }

    /** Time is the test's: nobody waits. */
    @OptIn(ExperimentalCoroutinesApi::class)
    @Test
    fun `a code that nobody answers ends by itself`() =
        runTest {
            val clock = VirtualClock(this)
            val dispatcher = StandardTestDispatcher(testScheduler)
            val reader = registeredReader(clock, dispatcher)
            val states = reader.read(Ask.Purpose("care"), Start.Code).states.toList()
            assertEquals(
                listOf("UsingKeys", "Showing", "Ended"),
                states.map { it::class.simpleName },
            )
            val outcome = assertIs<ReadingState.Ended>(states.last()).outcome
            assertEquals("reader-code-expired", unanswered(outcome))
            assertEquals(120_000, currentTime)
        }

    private suspend fun Wallet.copiesLeft() =
        documents()
            .single()
            .copies.left

    private fun unanswered(outcome: ReaderOutcome) =
        assertIs<ReaderOutcome.Unanswered>(outcome).code

    private companion object {
        val NOTHING = Approval(emptyList())
    }
}
