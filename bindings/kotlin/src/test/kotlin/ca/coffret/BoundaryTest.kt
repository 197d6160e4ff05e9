package ca.coffret

import ca.coffret.ffi.CoreException
import ca.coffret.ffi.CoreSecrets
import ca.coffret.ffi.CoreSecretsException
import ca.coffret.ffi.CoreWallet
import ca.coffret.ffi.Curve
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs

/** The core as it is, under this library. */
class BoundaryTest {
    private val folder = temporary("boundary")

    private fun open(): CoreWallet = CoreWallet.open(folder.toString(), secrets(folder))

    private fun secrets(folder: Path): CoreSecrets =
        CoreSecrets.KeyFile(folder.resolve("secrets").toString())

    @Test
    fun `a panic is one code, closes the wallet, and leaves the store sound`() {
        val core = open()
        core.create(PIN)
        core.addPerson("Émilie")
        val fault = assertFailsWith<CoreException.Internal> { core.panic() }
        assertEquals("internal-fault", fault.message)
        assertEquals(
            "object-closed",
            assertFailsWith<CoreException.State> { core.people() }.message,
        )

        val again = open()
        again.unlock(PIN, TestBootClock().now())
        assertEquals(listOf<String?>("Émilie"), again.people().map { it.name })
        again.shut()
    }

    @Test
    fun `keys are data, and an outcome is taken once`() {
        val core = open()
        core.create(PIN)
        val tasks = core.newKeys(2u, Curve.P256)
        assertEquals(
            2,
            tasks
                .filterIsInstance<KeyTask.Create>()
                .map { it.key }
                .toSet()
                .size,
        )
        assertEquals(emptyList(), core.abandonedKeys(), "what is being made is not abandoned")
        val outcomes = core.perform(tasks)
        assertIs<KeyOutcome.Software>(outcomes.first()).outcome.close()
        assertEquals(2, core.keysReady(core.perform(core.newKeys(2u, Curve.P256))).size)

        val deleting = core.abandonedKeys()
        assertEquals(2, deleting.size)
        val wrong = assertFailsWith<CoreException.State> { core.keysDeleted(emptyList()) }
        assertEquals("key-tasks-mismatch", wrong.message)
        core.keysDeleted(core.perform(deleting))
        assertEquals(emptyList(), core.abandonedKeys())
        core.shut()
    }

    @Test
    fun `signatures as they are, and in DER`() {
        val keys = ca.coffret.ffi.CoreSoftwareKeys()
        val key = keys.insert(Issuer.text("reader.key"))
        assertFailsWith<CoreException.Input> { keys.insert("no key") }
        assertIs<KeyOutcome.Software>(
            keys.perform(listOf(KeyTask.Sign(key, byteArrayOf(1)))).single(),
        )
        val core = open()
        core.create(PIN)
        core.newKeys(1u, Curve.P256)
        val signed = KeyOutcome.Signed(signature = ByteArray(64))
        assertFailsWith<CoreException.State> { core.keysReady(listOf(signed)) }
        val created = KeyOutcome.Created(publicKey = byteArrayOf(1))
        assertFailsWith<CoreException.Input> { core.keysReady(listOf(created)) }
        val agreed = KeyOutcome.Agreed(secret = ByteArray(3), curve = Curve.P256)
        assertFailsWith<CoreException> { core.keysReady(listOf(agreed)) }
        core.shut()
    }

    @Test
    fun `secrets that say so themselves`() {
        val memory = MemorySecrets().apply { before = { throw CoreSecretsException.Unavailable() } }
        val secrets = Secrets.Platform(memory).core()
        val error =
            assertFailsWith<CoreException.Storage> { CoreWallet.open(folder.toString(), secrets) }
        assertEquals("secrets-unavailable", error.message)
    }

    @Test
    fun `what is freed is closed, and what is freed twice is nothing`() {
        val keys = SoftwareKeys()
        keys.close()
        keys.close()
        waiting { assertCode("object-closed") { keys.insert("any") } }
        val scanner = CodeScanner()
        scanner.close()
        assertCode("object-closed") { scanner.scanned("any") }
    }
}
