package ca.coffret

import ca.coffret.ffi.Curve
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.security.spec.X509EncodedKeySpec
import javax.crypto.KeyAgreement

/** A keystore as phones have them: the Java Cryptography Architecture, P-256, signatures in DER. */
class PlatformKeys : KeyExecutor {
    val held = mutableMapOf<KeyId, KeyPair>()

    override suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> = tasks.map(::perform)

    private fun perform(task: KeyTask): KeyOutcome =
        when (task) {
            is KeyTask.Create -> create(task)
            is KeyTask.Sign -> {
                held[task.key]?.let { sign(it, task.message) } ?: KeyOutcome.Gone
            }

            is KeyTask.Agree -> {
                held[task.key]?.let { agree(it, task.peer) } ?: KeyOutcome.Gone
            }

            is KeyTask.Delete -> {
                if (held.remove(task.key) == null) KeyOutcome.Gone else KeyOutcome.Deleted
            }
        }

    private fun create(task: KeyTask.Create): KeyOutcome {
        if (task.curve != Curve.P256) return KeyOutcome.Failed
        val generator = KeyPairGenerator.getInstance("EC")
        generator.initialize(ECGenParameterSpec("secp256r1"))
        val pair = generator.generateKeyPair()
        held[task.key] = pair
        return KeyOutcome.Created(pair.public.encoded)
    }

    private fun sign(
        pair: KeyPair,
        message: ByteArray,
    ): KeyOutcome {
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(pair.private)
        signature.update(message)
        return KeyOutcome.SignedDer(signature.sign(), Curve.P256)
    }

    private fun agree(
        pair: KeyPair,
        peer: ByteArray,
    ): KeyOutcome {
        val agreement = KeyAgreement.getInstance("ECDH")
        agreement.init(pair.private)
        val public = KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(peer))
        agreement.doPhase(public, true)
        return KeyOutcome.Agreed(agreement.generateSecret(), Curve.P256)
    }
}

/** A keystore that does what it is told to, by another. */
class ScriptedKeys(
    private val keys: KeyExecutor,
    private vararg val script: suspend (List<KeyTask>) -> List<KeyOutcome>,
) : KeyExecutor {
    private val left = ArrayDeque(script.toList())

    override suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> =
        (left.removeFirstOrNull() ?: keys::perform)(tasks)
}

/** The core's keystore, and what it has done: objects that are to be freed. */
class RememberedKeys(
    private val keys: SoftwareKeyExecutor,
) : KeyExecutor {
    private val done = mutableListOf<KeyOutcome>()

    override suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> =
        keys.perform(tasks).also { done += it }

    fun areFreed(): Boolean =
        done.isNotEmpty() && done.all { (it as KeyOutcome.Software).outcome.uniffiIsDestroyed }
}
