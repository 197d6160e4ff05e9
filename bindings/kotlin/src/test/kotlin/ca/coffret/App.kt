package ca.coffret

import ca.coffret.ffi.HolderOutcome
import kotlinx.coroutines.flow.Flow
import java.nio.file.Path
import java.time.Clock

/** What the sample takes from its app. */
interface App {
    val folder: Path
    val pin: String
    val clock: Clock

    /** The issuer's root, in PEM. */
    val root: ByteArray

    /** The texts that the camera reads. */
    val camera: Flow<String>

    suspend fun issue(keys: List<ByteArray>): ByteArray

    /** Shows the frames until the reader has them. */
    suspend fun show(frames: Frames)

    fun say(text: String)

    fun say(outcome: HolderOutcome)
}
