package ca.coffret

import ca.coffret.ffi.CoreSoftwareKeys
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers

/**
 * A keystore: it holds private keys and does what is asked with them.
 *
 * An app writes one for its platform's keystore, which may ask the person for a finger. It is called
 * on the dispatcher of whoever waits for it.
 */
public fun interface KeyExecutor {
    /**
     * Does the tasks: an outcome each, in order.
     *
     * A person who would not is [KeyOutcome.Declined], which uses nothing up; a key that is not there
     * any more is [KeyOutcome.Gone]. What is thrown declines every task, and is told whoever asked.
     */
    public suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome>
}

/** The keystore of a desktop: private keys are sealed records of the wallet. It asks nobody. */
public class SoftwareKeyExecutor(
    private val wallet: Wallet,
) : KeyExecutor {
    override suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> = wallet.perform(tasks)
}

/** Keys in memory, which ask nobody: for a reader on a desktop, and for tests. */
public class SoftwareKeys(
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
) : KeyExecutor,
    AutoCloseable {
    private val calls = Calls(dispatcher)
    private val core = core { CoreSoftwareKeys() }

    /**
     * Takes in a private key, PKCS #8 in PEM, and gives its name.
     *
     * @throws CoffretException what is wrong with it.
     */
    public suspend fun insert(pem: String): KeyId = calls.make { core.insert(pem) }

    override suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> =
        calls.make { core.perform(tasks) }

    /** Wipes the keys. */
    override fun close(): Unit = core.close()
}
