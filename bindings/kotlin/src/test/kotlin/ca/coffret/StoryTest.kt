package ca.coffret

import ca.coffret.ffi.Ask
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.LogOutcome
import ca.coffret.ffi.LogSearch
import ca.coffret.ffi.LogStanding
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.ReaderStanding
import ca.coffret.ffi.Verdict
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.toList
import java.time.Instant
import kotlin.io.path.listDirectoryEntries
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** The whole of it: create, issue, list, present, verify, log, notices, export, erase. */
class StoryTest {
    @Test
    fun `a wallet from its making to its end`() =
        waiting {
            val holder = Holder()
            val wallet = holder.trusting()
            assertEquals(WalletState.Open, wallet.state.value)

            val id = wallet.addCard(copies = 2)
            val card = wallet.documents().single()
            assertEquals(id, card.id)
            assertEquals(CARD, card.docType)
            assertEquals(2uL, card.copies.left)
            val document = wallet.document(id)
            assertEquals(emptyList(), document.errors)
            val name = document.elements.single { it.name.identifier == "given_name" }
            assertEquals("Émilie", name.text.fr)
            assertEquals(
                "Émilie",
                wallet
                    .people()
                    .single()
                    .name
                    ?.substringBefore(' '),
            )

            val (states, read) = pharmacy(wallet)
            assertEquals(
                listOf("Showing", "Asking", "UsingKeys", "Answering", "Ended"),
                states.map { it::class.simpleName },
            )
            assertEquals(HolderOutcome.Shared, (states.last() as PresentationState.Ended).outcome)
            val verdict = assertIs<Verdict.Accepted>(assertIs<ReaderOutcome.Read>(read).verdict)
            val shown =
                verdict.documents
                    .single()
                    .elements
                    .map { it.name.identifier }
            assertTrue("health_insurance_number" in shown && "sex" !in shown, "$shown")

            val entry = wallet.log().single()
            assertEquals(LogOutcome.Shared, entry.outcome)
            assertEquals(LogStanding.VERIFIED, entry.reader?.standing)
            assertEquals("pharmacy", entry.documents.single().purpose)
            assertEquals(1uL, wallet.verifyLog().entries)
            val registered = checkNotNull(entry.reader?.registered).fr.uppercase()
            val search =
                LogSearch(since = entry.time, reader = registered, before = 1uL, limit = 1u)
            assertEquals(listOf(entry), wallet.searchLog(search))
            assertEquals(emptyList(), wallet.searchLog(search.copy(reader = "nobody")))
            wallet.deleteLog(listOf(entry.number))
            assertEquals(emptyList(), wallet.log())
            assertEquals(1uL, wallet.verifyLog().deleted)
            assertEquals(0uL, wallet.verifyLog().unreadable)

            assertEquals(emptyList(), wallet.notices())
            assertTrue(wallet.export("une longue phrase de passe").isNotEmpty())

            wallet.lock()
            assertEquals(WalletState.Locked, wallet.state.value)
            wallet.unlock(PIN)
            wallet.erase()
            assertEquals(WalletState.Closed, wallet.state.value)
            val left = holder.folder.resolve("wallet").listDirectoryEntries()
            assertEquals(listOf("lock"), left.map { it.fileName.toString() })
        }

    /** At a registered reader's counter, by the holder's engagement and two links in memory. */
    private suspend fun pharmacy(wallet: Wallet): Pair<List<PresentationState>, ReaderOutcome> =
        coroutineScope {
            val pipe = Pipe()
            val reader = registeredReader()
            val session = wallet.present(Engage.Device(pipe.holder), SoftwareKeyExecutor(wallet))
            val states = mutableListOf<PresentationState>()
            var reading: kotlinx.coroutines.Deferred<List<ReadingState>>? = null
            session.states.collect { state ->
                states += state
                when (state) {
                    is PresentationState.Showing -> {
                        val start = Start.Engagement(state.engagement, pipe.reader)
                        reading =
                            async { reader.read(Ask.Purpose("pharmacy"), start).states.toList() }
                    }

                    is PresentationState.Asking -> {
                        val standing = assertIs<ReaderStanding.Verified>(state.consent.reader)
                        assertTrue(standing.registration != null)
                        session.approve(state.consent.required)
                    }

                    else -> {}
                }
            }
            val read = assertIs<ReadingState.Ended>(reading!!.await().last())
            states to read.outcome
        }
}
