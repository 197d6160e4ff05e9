package ca.coffret

import ca.coffret.ffi.Ask
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.Verdict
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** Two screens and two cameras, frame by frame. */
class QrLinkTest {
    /** A reader's counter: its code on a screen, what it sees, how it ends. */
    private class Counter(
        scope: CoroutineScope,
        val reading: ReadingSession,
    ) {
        val code = CompletableDeferred<Frames>()
        val states: Deferred<List<ReadingState>> =
            scope.async {
                reading.states
                    .onEach { if (it is ReadingState.Showing) code.complete(it.frames) }
                    .toList()
            }

        /** Its code, by a camera that sees every other frame of it. */
        suspend fun scanned(): ReaderCode {
            val frames = code.await()
            assertTrue(frames.fragments > 1)
            CodeScanner().use { scanner ->
                assertEquals(Scanned.Foreign, scanner.scanned("HTTPS://EXEMPLE.QC.CA"))
                while (true) {
                    frames.next()
                    when (val scanned = scanner.scanned(frames.next())) {
                        is Scanned.Whole -> return scanned.code
                        is Scanned.Part -> assertTrue(scanned.have <= scanned.of)
                        Scanned.Foreign -> error("its own frame")
                    }
                }
            }
        }

        suspend fun outcome(): ReaderOutcome = (states.await().last() as ReadingState.Ended).outcome
    }

    @Test
    fun `the reader shows, the holder answers, the reader reads`() =
        waiting {
            val wallet = Holder().withCard()
            val reader = registeredReader()
            val counter = Counter(this, reader.read(Ask.Purpose("pharmacy"), Start.Code))
            val code = counter.scanned()
            assertEquals(Instant.parse("2026-11-22T12:02:00Z"), code.expires)

            val session = wallet.present(Engage.Reader(code), SoftwareKeyExecutor(wallet))
            val answer = CompletableDeferred<Frames>()
            val states = mutableListOf<PresentationState>()
            val holding =
                launch {
                    session.states.collect { state ->
                        states += state
                        if (state is PresentationState.Asking) {
                            session.approve(
                                state.consent.required,
                            )
                        }
                        if (state is PresentationState.Answering) answer.complete(state.frames!!)
                    }
                }

            val frames = answer.await()
            counter.reading.scanned("UR:X-MDOC-READER/1-1/AAAA")
            while (counter.states.isActive) {
                frames.next()
                counter.reading.scanned(frames.next())
                kotlinx.coroutines.yield()
            }
            val read = assertIs<ReaderOutcome.Read>(counter.outcome())
            assertIs<Verdict.Accepted>(read.verdict)
            val progress = counter.states.await().filterIsInstance<ReadingState.Progress>()
            assertEquals(frames.fragments, progress.first().of)
            assertEquals(progress.map { it.have }, progress.map { it.have }.sorted())

            session.giveUp()
            holding.join()
            assertEquals(
                listOf("Asking", "UsingKeys", "Answering", "Ended"),
                states.map { it::class.simpleName },
            )
            assertEquals(HolderOutcome.Shared, (states.last() as PresentationState.Ended).outcome)
            frames.close()
            assertCode("object-closed") { frames.next() }
        }

    @Test
    fun `a refusal says nothing of what is held`() =
        waiting {
            val wallet = Holder().withCard()
            val counter = Counter(this, registeredReader().read(Ask.Purpose("care"), Start.Code))
            val session =
                wallet.present(Engage.Reader(counter.scanned()), SoftwareKeyExecutor(wallet))
            val holding =
                launch {
                    session.states.collect { state ->
                        if (state is PresentationState.Asking) session.refuse()
                        if (state is PresentationState.Answering) {
                            while (counter.states.isActive) {
                                counter.reading.scanned(state.frames!!.next())
                            }
                            session.giveUp()
                        }
                    }
                }
            assertIs<ReaderOutcome.Refused>(counter.outcome())
            holding.join()
        }

    @Test
    fun `a code that has expired is not answered, and its reading ends`() =
        waiting {
            val clock = TestClock()
            val wallet = Holder(clock = clock).withCard()
            val counter =
                Counter(this, registeredReader(clock).read(Ask.Purpose("care"), Start.Code))
            val code = counter.scanned()
            clock.now = code.expires.plusSeconds(120)
            assertCode("reader-code-expired") {
                wallet.present(Engage.Reader(code), SoftwareKeyExecutor(wallet)).states.first()
            }
            counter.reading.scanned("UR:ANYTHING")
            val read = assertIs<ReaderOutcome.Unanswered>(counter.outcome())
            assertEquals("reader-code-expired", read.code)
        }

    @Test
    fun `a collection that is cancelled shows no more`() =
        waiting {
            val wallet = Holder().withCard()
            val counter = Counter(this, registeredReader().read(Ask.Purpose("care"), Start.Code))
            val session =
                wallet.present(Engage.Reader(counter.scanned()), SoftwareKeyExecutor(wallet))
            session.states.first { it is PresentationState.Asking }
            assertEquals("Unanswered", wallet.log().single().outcome::class.simpleName)
            counter.states.cancelAndJoin()
        }
}
