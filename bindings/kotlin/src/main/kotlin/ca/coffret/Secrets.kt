package ca.coffret

import ca.coffret.ffi.CoreSecrets
import ca.coffret.ffi.CoreSecretsException
import java.nio.file.Path
import ca.coffret.ffi.PlatformSecrets as CorePlatformSecrets

/** Where a wallet's secrets are. */
public sealed interface Secrets {
    /**
     * In the platform's keystore, which the app speaks to.
     *
     * @property secrets how.
     */
    public class Platform(
        public val secrets: PlatformSecrets,
    ) : Secrets

    /**
     * In a file that only its owner reads: for desktops. Whoever copies both files has both.
     *
     * @property path its path, in a folder that is there.
     */
    public data class KeyFile(
        public val path: Path,
    ) : Secrets
}

/**
 * One small value, the *slot*, kept where the wallet's file is not: in the platform's keystore.
 * Without it the file says nothing, with it the file cannot be put back to an earlier one.
 *
 * It is called in the middle of a call on the wallet, on the thread of that call, and cannot call
 * the wallet back: that is the error `call-from-inside`. Whatever it throws is told as
 * `secrets-unavailable`; its text goes nowhere.
 */
public interface PlatformSecrets {
    /** The slot; nothing where there is none. */
    public fun load(): ByteArray?

    /**
     * Puts the slot in place of the one before, at once: afterwards it is durable, and at no moment
     * is there neither.
     */
    public fun replace(slot: ByteArray)

    /** Removes the slot; where there is none, nothing. */
    public fun delete()
}

internal fun Secrets.core(): CoreSecrets =
    when (this) {
        is Secrets.Platform -> CoreSecrets.Platform(Called(secrets))
        is Secrets.KeyFile -> CoreSecrets.KeyFile(path.toString())
    }

/** The app's secrets, known to be inside a call while they run. */
private class Called(
    private val secrets: PlatformSecrets,
) : CorePlatformSecrets {
    override fun load(): ByteArray? = told { secrets.load() }

    override fun replace(slot: ByteArray) = told { secrets.replace(slot) }

    override fun delete() = told { secrets.delete() }

    /** An error that the core is not told of would be taken for success. */
    private fun <T> told(call: () -> T): T =
        try {
            Inside.during(call)
        } catch (_: Throwable) {
            throw CoreSecretsException.Unavailable()
        }
}
