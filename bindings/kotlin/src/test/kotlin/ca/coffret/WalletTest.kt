package ca.coffret

import ca.coffret.ffi.Added
import ca.coffret.ffi.Attempts
import ca.coffret.ffi.DocumentState
import ca.coffret.ffi.Notice
import ca.coffret.ffi.NoticePeriod
import ca.coffret.ffi.RecordKind
import ca.coffret.ffi.TrustKind
import ca.coffret.ffi.liveObjects
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import java.time.Duration
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.minutes

/** What a wallet is, and what it keeps besides presentations. */
class WalletTest {
    private val holder = Holder()
    private val clock get() = holder.clock as TestClock

    @Test
    fun `its states, as they can be watched`() =
        waiting {
            val wallet = holder.open()
            assertEquals(WalletState.New, wallet.state.value)
            val locked = async { wallet.state.first { it == WalletState.Locked } }
            wallet.create(PIN)
            assertEquals(WalletState.Open, wallet.state.value)
            wallet.lock()
            locked.await()
            assertCode("wallet-not-open") { wallet.documents() }
            assertCode("wallet-made-already") { wallet.create(PIN) }
            wallet.unlock(PIN)
            assertEquals(16u, wallet.attempts().left.toUInt())
            val objects = liveObjects()
            wallet.close()
            assertTrue(liveObjects() < objects, "it is freed")
            assertEquals(WalletState.Closed, wallet.state.value)
            assertCode("object-closed") { wallet.unlock(PIN) }
            assertEquals(WalletState.Locked, holder.open().state.value)
        }

    @Test
    fun `a PIN that is refused changes nothing`() =
        waiting {
            val wallet = holder.open()
            assertEquals(ErrorKind.Pin, assertCode("pin-obvious") { wallet.create("111111") }.kind)
            assertEquals(WalletState.New, wallet.state.value)
            wallet.create(PIN)
            assertCode("pin-form") { wallet.changePin(PIN, "12") }
            assertCode("pin-wrong") { wallet.changePin("905182", "905182") }
            assertCode("pin-wrong") { wallet.confirmPin("905182") }
            assertEquals(Attempts(left = 14u, wait = 0u), wallet.attempts())
            wallet.confirmPin(PIN)
            wallet.changePin(PIN, "905182")
            wallet.lock()
            assertCode("pin-wrong") { wallet.unlock(PIN) }
            assertEquals(Attempts(left = 15u, wait = 0u), wallet.attempts())
            repeat(4) { assertCode("pin-wrong") { wallet.unlock(PIN) } }
            assertEquals(Attempts(left = 11u, wait = 60u), wallet.attempts())
            assertCode("pin-wait") { wallet.unlock("905182") }
            holder.bootClock.seconds += 60u
            wallet.unlock("905182")
        }

    @Test
    fun `the way out where nothing opens it`() =
        waiting {
            val forgotten = closed()
            val wallet = forgotten.open()
            repeat(16) {
                runCatching { wallet.unlock("111222") }
                forgotten.bootClock.seconds += 100_000u
            }
            wallet.close()
            val damaged = closed()
            damaged.put(mapOf(damaged.database to ByteArray(100)))
            for (holder in listOf(forgotten, damaged)) {
                assertFailsWith<CoffretException> { holder.open().unlock(PIN) }
                Wallet.erase(holder.folder.resolve("wallet"), holder.secrets)
                holder.open().use { assertEquals(WalletState.New, it.state.value) }
            }
        }

    @Test
    fun `a slot without a file, and a file without its slot, have a way out`() =
        waiting {
            val memory = MemorySecrets()
            val holder = Holder().apply { secrets = Secrets.Platform(memory) }
            holder.open().use { it.create(PIN) }
            val (folder, slot) = holder.folder.resolve("wallet") to memory.slot!!
            memory.slot = null
            assertCode("secrets-missing") { holder.open() }
            Wallet.restoreLostSecrets(folder, holder.secrets, slot)
            holder.open().use { it.unlock(PIN) }

            holder.put(emptyMap())
            assertCode("wallet-file-missing") { holder.open() }
            Wallet.eraseLostSecrets(folder, holder.secrets)
            holder.open().use { assertEquals(WalletState.New, it.state.value) }
        }

    @Test
    fun `a record that is damaged disables itself only`() =
        waiting {
            val holder = Holder()
            val card = holder.withCard().run { documents().single().id.also { close() } }
            // Its seal is of a row that is as it was: only the body is not.
            holder.spoil("UPDATE a SET g = zeroblob(length(g)) WHERE b = 3")
            holder.open().use { wallet ->
                wallet.unlock(PIN)
                assertEquals(emptyList(), wallet.documents())
                val found = wallet.unreadable().single()
                assertEquals(RecordKind.DOCUMENT, found.kind)
                assertEquals(card to "wallet-record-damaged", found.document to found.code)
                assertTrue(found.kind !in listOf(RecordKind.SETTINGS, RecordKind.PEOPLE))
                assertTrue(found.kind !in listOf(RecordKind.TRUST, RecordKind.LOG_ENTRY))
                assertTrue(found.kind !in listOf(RecordKind.LOG_HEAD, RecordKind.LOG_KEY))
                assertTrue(found.kind !in listOf(RecordKind.COPY, RecordKind.KEY))
                wallet.remove(card)
                assertEquals(emptyList(), wallet.unreadable())
            }
        }

    @Test
    fun `an export is read with its passphrase`() =
        waiting {
            val wallet = holder.withCard()
            val passphrase = "une longue phrase de passe"
            val said = Wallet.openExport(wallet.export(passphrase), passphrase)
            assertTrue("Émilie" in said.decodeToString())
        }

    @Test
    fun `an opening that is cancelled keeps nobody out`() =
        waiting {
            val memory = MemorySecrets()
            holder.secrets = Secrets.Platform(memory)
            holder.open().apply { create(PIN) }.close()
            val opening = CompletableDeferred<Unit>()
            val go = java.util.concurrent.CountDownLatch(1)
            memory.before = {
                opening.complete(Unit)
                go.await()
            }
            val cancelled = launch { holder.open() }
            opening.await()
            cancelled.cancel()
            go.countDown()
            cancelled.join()
            holder.open().unlock(PIN)
        }

    @Test
    fun `when it is to be locked`() =
        waiting {
            val wallet = holder.open().apply { create(PIN) }
            wallet.setAutoLock(2.minutes)
            assertEquals(2.minutes, wallet.autoLock())
            val lastUse = holder.bootClock.now()
            assertFalse(wallet.isAutoLockDue(lastUse))
            holder.bootClock.seconds += 120u
            assertTrue(wallet.isAutoLockDue(lastUse))
        }

    @Test
    fun `whose documents they are`() =
        waiting {
            val wallet = holder.withCard()
            val card = wallet.documents().single()
            val owner = wallet.people().single()
            assertEquals(card.person, owner.id)
            wallet.renamePerson(owner.id, "Émilie T.")
            val other = wallet.addPerson("Simone")
            wallet.assign(card.id, other)
            assertEquals(other, wallet.documents().single().person)
            wallet.setHolder(other)
            assertEquals(listOf("Simone", "Émilie T."), wallet.people().map { it.name })
            wallet.mergePeople(owner.id, other)
            assertEquals(listOf(other to 1uL), wallet.people().map { it.id to it.documents })
            wallet.deletePerson(wallet.addPerson("Rose"))
            assertEquals(1, wallet.people().size)
        }

    @Test
    fun `what is removed leaves its keys to be deleted`() =
        waiting {
            val wallet = holder.trusting()
            val keys = PlatformKeys()
            val added = wallet.add(Issuer.issue(wallet.prepareKeys(2, keys)))
            wallet.remove(assertIs<Added.Held>(added).documents.single())
            assertEquals(emptyList(), wallet.documents())
            wallet.deleteAbandonedKeys(keys)
            assertEquals(emptyMap(), keys.held)
        }

    @Test
    fun `what is to be said as time goes by`() =
        waiting {
            val wallet = holder.withCard()
            val card = wallet.documents().single()
            assertEquals(DocumentState.Valid, card.state)
            assertTrue(card.validity.signed <= clock.now && card.validity.from <= clock.now)
            val end = Instant.parse("2027-11-22T00:00:00Z")
            assertEquals(end, card.validity.until)
            for ((days, period) in PERIODS) {
                clock.now = end.minus(Duration.ofDays(days))
                val soon = wallet.notices().filterIsInstance<Notice.Expiring>().single()
                assertEquals(Notice.Expiring(card.id, within = period, days = days), soon)
                val state = assertIs<DocumentState.Expiring>(wallet.documents().single().state)
                assertEquals(days, state.days)
            }
            clock.now = end.plus(Duration.ofDays(1))
            assertTrue(Notice.Expired(card.id) in wallet.notices())
            assertEquals(DocumentState.Expired, wallet.documents().single().state)
            clock.now = card.validity.from.minusSeconds(1)
            assertEquals(DocumentState.NotYetValid, wallet.documents().single().state)
        }

    @Test
    fun `copies that were shown`() =
        waiting {
            val wallet = holder.withCard()
            repeat(2) { shown(wallet) }
            val card = wallet.documents().single().id
            assertTrue(Notice.Reused(card, 2u) in wallet.notices())

            val other = Holder().withCard(copies = 1, "--one-time")
            assertTrue(
                other
                    .documents()
                    .single()
                    .copies.oneTime,
            )
            shown(other)
            val none = other.notices().filterIsInstance<Notice.NoCopies>().single()
            assertEquals(other.documents().single().id, none.document)
        }

    @Test
    fun `what it trusts`() =
        waiting {
            val wallet = holder.trusting()
            val list = wallet.trustList()
            assertEquals(
                listOf(
                    TrustKind.ISSUERS,
                    TrustKind.READERS,
                    TrustKind.REGISTRARS,
                    TrustKind.REGISTRY,
                ),
                list.map { it.kind },
            )
            val issuers = list.first()
            assertEquals("test", issuers.source)
            assertEquals(clock.now, issuers.added)
            assertEquals(1uL, issuers.anchors)
            assertEquals(emptyList(), issuers.unusable)
            assertEquals(1, issuers.names.size)
            clock.now = issuers.until!!.plusSeconds(1)
            val old = wallet.notices().filterIsInstance<Notice.TrustOld>()
            assertTrue(issuers.id in old.map { it.trust })
            wallet.removeTrust(issuers.id)
            assertEquals(3, wallet.trustList().size)
        }

    @Test
    fun `many calls at once are made one after the other`() =
        waiting {
            val wallet = holder.trusting()
            val people = (1..40).map { async { wallet.addPerson("Personne $it") } }.awaitAll()
            assertEquals(40, people.toSet().size)
            val keys = SoftwareKeyExecutor(wallet)
            val made = (1..8).map { async { wallet.prepareKeys(2, keys) } }.awaitAll()
            assertEquals(
                16,
                made
                    .flatten()
                    .map { it.toList() }
                    .toSet()
                    .size,
            )
            wallet.add(Issuer.issue(made.flatten()))
            val reader = registeredReader()
            (1..6)
                .map {
                    launch {
                        val meeting = Meeting(this, wallet, reader = reader)
                        meeting.approve()
                        meeting.outcome()
                    }
                }.forEach { it.join() }
            assertEquals(6, wallet.log().size)
            val late = (1..20).map { async { runCatching { wallet.documents() } } }
            wallet.close()
            for (call in late.awaitAll()) {
                val error = call.exceptionOrNull() ?: continue
                assertEquals("object-closed", assertIs<CoffretException>(error).code.name)
            }
        }

    private suspend fun shown(wallet: Wallet) =
        kotlinx.coroutines.coroutineScope {
            val meeting = Meeting(this, wallet, reader = registeredReader())
            meeting.approve()
            meeting.outcome()
        }

    private companion object {
        val PERIODS =
            listOf(
                60L to NoticePeriod.SIXTY_DAYS,
                30L to NoticePeriod.THIRTY_DAYS,
                0L to NoticePeriod.SEVEN_DAYS,
            )
    }
}
