package ca.coffret

import kotlinx.coroutines.runBlocking
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Secrets in memory, which do as they are told before each call. */
class MemorySecrets : PlatformSecrets {
    @Volatile var slot: ByteArray? = null

    @Volatile var before: (String) -> Unit = {}

    override fun load(): ByteArray? {
        before("load")
        return slot
    }

    override fun replace(slot: ByteArray) {
        before("replace")
        this.slot = slot
    }

    override fun delete() {
        before("delete")
        slot = null
    }
}

/** An app's own secrets. */
class SecretsTest {
    private val personal = "what a keystore says of its owner"
    private val memory = MemorySecrets()
    private val holder = Holder().also { it.secrets = Secrets.Platform(memory) }

    @Test
    fun `a wallet over the app's own secrets`() =
        waiting {
            holder.open().apply { create(PIN) }.close()
            val wallet = holder.open()
            wallet.unlock(PIN)
            wallet.erase()
            assertNull(memory.slot)
        }

    @Test
    fun `what they throw is one code, and goes nowhere`() =
        waiting {
            val fails = { call: String -> { it: String -> if (it == call) error(personal) } }

            memory.before = fails("load")
            said { holder.open() }
            memory.before = fails("replace")
            val new = holder.open()
            said { new.create(PIN) }
            new.close()

            memory.before = {}
            val wallet = holder.open()
            if (wallet.state.value == WalletState.New) wallet.create(PIN) else wallet.unlock(PIN)
            memory.before = fails("replace")
            said("saved-secrets-behind") { wallet.addPerson("Émilie") }
            said { wallet.addPerson("Élise") }
            assertEquals(listOf("Émilie"), wallet.people().map { it.name })
            memory.before = { throw AssertionError(personal) }
            said { wallet.addPerson("Émilie") }
            memory.before = fails("delete")
            said { wallet.erase() }
            wallet.close()
        }

    @Test
    fun `a call from inside them is refused, and nothing waits for itself`() =
        waiting {
            // What is asserted in there would be taken for what they throw.
            val refusals = mutableListOf<List<Throwable?>>()
            holder.open().apply { create(PIN) }.close()
            var wallet: Wallet? = null
            memory.before = {
                wallet?.let { wallet ->
                    val inside =
                        listOf<suspend () -> Unit>(
                            { wallet.documents() },
                            { wallet.lock() },
                            { wallet.close() },
                            { holder.open() },
                        )
                    refusals +=
                        inside.map { call ->
                            runCatching { runBlocking { call() } }.exceptionOrNull()
                        }
                }
            }
            wallet = holder.open()
            wallet.unlock(PIN)
            assertTrue(refusals.isNotEmpty())
            for (refusal in refusals.flatten()) {
                assertEquals("call-from-inside", (refusal as? CoffretException)?.code?.name)
            }
            wallet.addPerson("Émilie")
            wallet.close()
        }

    private inline fun said(
        code: String = "secrets-unavailable",
        call: () -> Unit,
    ) {
        val error = assertCode(code, call)
        assertEquals(ErrorKind.Storage, error.kind)
        assertEquals(false, error.stackTraceToString().contains(personal))
    }
}
