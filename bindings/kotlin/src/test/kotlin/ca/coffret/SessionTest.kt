package ca.coffret

import ca.coffret.ffi.Ask
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.LogOutcome
import ca.coffret.ffi.ReaderOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import java.io.IOException
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs

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
            assertEquals(
                1uL,
                wallet
                    .documents()
                    .single()
                    .copies.left,
            )
            assertEquals(LogOutcome.Unanswered, wallet.log().single().outcome)
            meeting.session.refuse()
            assertEquals(1, wallet.log().size, "what comes after the end is passed over")
        }

    @Test
    fun `cancelled while the keystore is at work`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            val keys = KeyExecutor { awaitCancellation() }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            val asked = meeting.asked()
            val approving =
                launch { assertCode("object-closed") { meeting.session.approve(asked.required) } }
            meeting.until<PresentationState.UsingKeys>()
            meeting.holding.cancelAndJoin()
            approving.join()
            assertEquals("reading-closed", unanswered(meeting.outcome()))
            assertEquals(
                1uL,
                wallet
                    .documents()
                    .single()
                    .copies.left,
            )
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
    fun `closing the wallet while a keystore is at work`() =
        waiting {
            val holder = Holder()
            val wallet = holder.withCard(copies = 1, "--one-time")
            val keys = KeyExecutor { awaitCancellation() }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            val asked = meeting.asked()
            val approving = launch { meeting.session.approve(asked.required) }
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
            assertEquals(
                1uL,
                again
                    .documents()
                    .single()
                    .copies.left,
            )
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
            val nothing = ca.coffret.ffi.Approval(emptyList())
            val early = CompletableDeferred<Unit>()
            val session =
                wallet.present(Engage.Device(Pipe().holder), SoftwareKeyExecutor(wallet))
            session.states.first {
                assertCode("event-unexpected") { session.approve(nothing) }
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
            val began = Instant.parse(NOW)
            val clock =
                object : Clock() {
                    override fun instant() = began.plusMillis(currentTime)

                    override fun getZone(): ZoneId = ZoneOffset.UTC

                    override fun withZone(zone: ZoneId) = this
                }
            val dispatcher = StandardTestDispatcher(testScheduler)
            val reader = registeredReader(clock, dispatcher)
            val states = reader.read(Ask.Purpose("care"), Start.Code).states.toList()
            assertEquals(
                listOf("UsingKeys", "Showing", "Ended"),
                states.map { it::class.simpleName },
            )
            val outcome = assertIs<ReadingState.Ended>(states.last()).outcome
            assertEquals("reader-code-expired", unanswered(outcome))
            assertEquals(began.plusSeconds(120), clock.instant())
        }

    /** Time is the test's: nobody waits. */
    @OptIn(ExperimentalCoroutinesApi::class)
    @Test
    fun `a link that hangs keeps nobody who leaves`() =
        runTest {
            val dispatcher = StandardTestDispatcher(testScheduler)
            val wallet = Holder(dispatcher).open().apply { create(PIN) }
            val hanging =
                object : Link {
                    override suspend fun send(message: ByteArray) = awaitCancellation()

                    override suspend fun receive(): ByteArray = awaitCancellation()
                }
            val session = wallet.present(Engage.Device(hanging), SoftwareKeyExecutor(wallet))
            val showing = assertIs<PresentationState.Showing>(session.states.first())
            val start = Start.Engagement(showing.engagement, hanging)
            val reading = anonymousReader(dispatcher = dispatcher).read(Ask.Purpose("care"), start)
            val before = currentTime
            reading.states.first { it == ReadingState.Waiting }
            assertEquals(2_000, currentTime - before)
        }

    private fun unanswered(outcome: ReaderOutcome) =
        assertIs<ReaderOutcome.Unanswered>(outcome).code
}
