package ca.coffret

import ca.coffret.ffi.Added
import ca.coffret.ffi.DeviceAuth
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.Verdict
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** What becomes of key tasks. */
class KeysTest {
    private class NoFinger : Exception("the person took the finger away")

    @Test
    fun `a platform's keystore signs, agrees and deletes`() =
        waiting {
            for (method in DeviceAuth.entries) {
                val wallet = Holder().trusting()
                val keys = PlatformKeys()
                wallet.add(Issuer.issue(wallet.prepareKeys(1, keys), "--one-time"))
                val meeting = Meeting(this, wallet, keys, registeredReader(), method = method)
                meeting.approve()
                val read = assertIs<ReaderOutcome.Read>(meeting.outcome())
                val verdict = assertIs<Verdict.Accepted>(read.verdict)
                assertEquals(
                    method,
                    verdict.documents
                        .single()
                        .judged.deviceAuth,
                )
                meeting.ends(HolderOutcome.Shared)

                assertEquals(1, keys.held.size)
                wallet.deleteAbandonedKeys(keys)
                assertEquals(emptyMap(), keys.held)
                wallet.deleteAbandonedKeys { error("nothing is left to delete") }
            }
        }

    @Test
    fun `what a keystore has done is freed once it is handed over`() =
        waiting {
            val wallet = Holder().withCard()
            val keys = RememberedKeys(SoftwareKeyExecutor(wallet))
            val meeting = Meeting(this, wallet, keys, registeredReader())
            meeting.approve()
            meeting.ends(HolderOutcome.Shared)
            assertTrue(keys.areFreed())
        }

    @Test
    fun `declined, the person is asked again and nothing is used up`() =
        waiting {
            val wallet = Holder().withCard(copies = 1, "--one-time")
            val keys =
                ScriptedKeys(SoftwareKeyExecutor(wallet), { it.map { KeyOutcome.Declined } })
            val meeting = Meeting(this, wallet, keys, registeredReader())
            meeting.approve()
            meeting.until<PresentationState.UsingKeys>()
            meeting.approve()
            assertIs<ReaderOutcome.Read>(meeting.outcome())
            meeting.ends(HolderOutcome.Shared)
        }

    @Test
    fun `what a keystore throws declines, and is told whoever approved`() =
        waiting {
            val wallet = Holder().withCard()
            val keys = ScriptedKeys(SoftwareKeyExecutor(wallet), { throw NoFinger() })
            val meeting = Meeting(this, wallet, keys, registeredReader())
            assertFailsWith<NoFinger> { meeting.approve() }
            meeting.approve()
            assertIs<ReaderOutcome.Read>(meeting.outcome())
            meeting.ends(HolderOutcome.Shared)
        }

    @Test
    fun `a key that is gone loses its copy, and another is shown`() =
        waiting {
            val wallet = Holder().withCard(copies = 2)
            val keys = ScriptedKeys(SoftwareKeyExecutor(wallet), { it.map { KeyOutcome.Gone } })
            val meeting = Meeting(this, wallet, keys, registeredReader())
            meeting.approve()
            assertIs<ReaderOutcome.Read>(meeting.outcome())
            meeting.ends(HolderOutcome.Shared)
            assertEquals(
                1uL,
                wallet
                    .documents()
                    .single()
                    .copies.left,
            )
        }

    @Test
    fun `where every key is gone, the person is asked for what is left`() =
        waiting {
            val wallet = Holder().withCard()
            val keys = KeyExecutor { tasks -> tasks.map { KeyOutcome.Gone } }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            meeting.approve()
            val again = meeting.until<PresentationState.Asking>()
            assertEquals(emptyList(), again.consent.everything.choices)
            meeting.session.refuse()
            assertIs<ReaderOutcome.Refused>(meeting.outcome())
            meeting.ends(HolderOutcome.Refused)
        }

    @Test
    fun `outcomes of other tasks are refused, and the person is asked again`() =
        waiting {
            val wallet = Holder().withCard()
            val keys =
                ScriptedKeys(
                    SoftwareKeyExecutor(wallet),
                    { emptyList() },
                    { it.map { KeyOutcome.Failed } },
                )
            val meeting = Meeting(this, wallet, keys, registeredReader())
            assertCode("presentation-keys-mismatch") { meeting.approve() }
            assertFailsWith<CoffretException> { meeting.approve() }
            meeting.approve()
            assertIs<ReaderOutcome.Read>(meeting.outcome())
            meeting.ends(HolderOutcome.Shared)
        }

    @Test
    fun `a refusal while the keystore is at work stops it`() =
        waiting {
            val wallet = Holder().withCard()
            val (atWork, stopped) = List(2) { CompletableDeferred<Unit>() }
            val keys =
                KeyExecutor {
                    atWork.complete(Unit)
                    try {
                        awaitCancellation()
                    } finally {
                        stopped.complete(Unit)
                    }
                }
            val meeting = Meeting(this, wallet, keys, registeredReader())
            val asked = meeting.asked()
            val approving = launch { meeting.approveInVain(asked) }
            atWork.await()
            meeting.session.refuse()
            stopped.await()
            approving.join()
            assertIs<ReaderOutcome.Refused>(meeting.outcome())
            meeting.ends(HolderOutcome.Refused)
            assertEquals(
                0uL,
                wallet
                    .documents()
                    .single()
                    .copies.uses,
            )
        }

    @Test
    fun `what is cancelled while keys are made leaves none behind`() =
        waiting {
            val wallet = Holder().trusting()
            val keys = PlatformKeys()
            val made = CompletableDeferred<Unit>()
            val preparing =
                launch {
                    wallet.prepareKeys(3, { tasks ->
                        keys.perform(tasks)
                        made.complete(Unit)
                        awaitCancellation()
                    })
                }
            made.await()
            preparing.cancelAndJoin()
            assertEquals(3, keys.held.size)
            wallet.deleteAbandonedKeys(keys)
            assertEquals(emptyMap(), keys.held)
        }

    @Test
    fun `keys of an issuer that fails are given up`() =
        waiting {
            val wallet = Holder().trusting()
            val keys = PlatformKeys()
            val (issued, late) = List(2) { wallet.prepareKeys(1, keys) }
            val failed = wallet.prepareKeys(2, keys)
            wallet.add(Issuer.issue(issued))
            wallet.deleteAbandonedKeys { error("none is given up yet") }
            wallet.abandonKeys(failed + issued)
            wallet.deleteAbandonedKeys(keys)
            assertEquals(2, keys.held.size)
            assertIs<Added.Refused>(wallet.add(Issuer.issue(failed.take(1))))
            assertIs<Added.Held>(wallet.add(Issuer.issue(late, "--days", "30")))
            assertCode("key-malformed") { wallet.abandonKeys(listOf(byteArrayOf(1))) }
        }

    @Test
    fun `some keys are made and others declined`() =
        waiting {
            val wallet = Holder().trusting()
            val keys = PlatformKeys()
            val made =
                wallet.prepareKeys(3, { tasks ->
                    keys.perform(tasks.take(2)) + KeyOutcome.Declined
                })
            assertEquals(2, made.size)
            wallet.add(Issuer.issue(made))
            assertEquals(
                2uL,
                wallet
                    .documents()
                    .single()
                    .copies.all,
            )
            assertFailsWith<IllegalArgumentException> { wallet.prepareKeys(0, keys) }
            assertFailsWith<IllegalArgumentException> { wallet.prepareKeys(256, keys) }
        }

    @Test
    fun `a reader whose key will not sign ends, and says why`() =
        waiting {
            val keys = KeyExecutor { throw NoFinger() }
            val known = SoftwareKeys().use { it.insert(Issuer.text("reader.key")) }
            val identity =
                ReaderIdentity(key = known, certificate = Issuer.text("reader.pem"), keys = keys)
            val reader = Reader.of(emptyList(), identity, TestClock())
            val ask =
                ca.coffret.ffi.Ask
                    .Purpose("care")
            assertFailsWith<NoFinger> { reader.read(ask, Start.Code).states.collect {} }
        }
}
