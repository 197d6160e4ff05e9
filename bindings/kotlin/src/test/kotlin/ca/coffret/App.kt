package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Consent
import ca.coffret.ffi.HolderOutcome
import kotlinx.coroutines.flow.Flow
import java.nio.file.Path
import java.time.Clock

/** What the sample takes from its app. */
interface App {
    val folder: Path

    /** Where the wallet's secrets are kept. */
    val keyFile: Path
    val pin: String
    val clock: Clock

    /** The issuer's root, in PEM. */
    val root: ByteArray

    /** The texts that the camera reads. */
    val camera: Flow<String>

    suspend fun issue(keys: List<ByteArray>): ByteArray

    /** Shows the frames until the reader has them. */
    suspend fun show(frames: Frames)

    /**
     * Asks the person what to let go, and says what there is to be said of that; `null` is nothing.
     */
    suspend fun ask(
        consent: Consent,
        cautions: suspend (Approval) -> List<String>,
    ): Approval?

    fun say(text: String)

    fun say(outcome: HolderOutcome)
}
