package ca.coffret

import ca.coffret.ffi.CoreCodeScanner
import ca.coffret.ffi.CoreFrames
import ca.coffret.ffi.CoreReaderCode
import ca.coffret.ffi.CoreScanned
import java.time.Instant

/**
 * One message as QR codes to show in turn, twelve a second, without end (QR link §4). Any thread may
 * ask for the next.
 */
public class Frames internal constructor(
    private val core: CoreFrames,
) : AutoCloseable {
    /** How many fragments the message is in: about as many frames, any of them, are enough. */
    public val fragments: Int = core { core.fragments() }.toInt()

    /**
     * The text of the next QR code: upper case, for the alphanumeric mode.
     *
     * @throws CoffretException they are closed.
     */
    public fun next(): String = core { core.next() }

    /** Frees them. What is forgotten is freed with the garbage. */
    override fun close(): Unit = core.close()
}

/** A reader's code, read and not answered yet. */
public class ReaderCode internal constructor(
    internal val core: CoreReaderCode,
) : AutoCloseable {
    /** When it expires, by the reader’s clock, which may differ from this device’s. */
    public val expires: Instant = core { core.expires() }

    /** Frees it. What is forgotten is freed with the garbage. */
    override fun close(): Unit = core.close()
}

/** What became of a frame. */
public sealed interface Scanned {
    /** It is no reader's code, or no good: as if it had not been seen. */
    public data object Foreign : Scanned

    /**
     * The code is not whole yet.
     *
     * @property have fragments known, or as good as known.
     * @property of fragments in the code.
     */
    public data class Part(
        public val have: Int,
        public val of: Int,
    ) : Scanned

    /**
     * The code is whole.
     *
     * @property code to be answered.
     */
    public class Whole(
        public val code: ReaderCode,
    ) : Scanned
}

/**
 * Puts a reader's code together from the frames that a camera reads, in any order, any number of
 * times, some of them lost. Any thread may call it.
 */
public class CodeScanner : AutoCloseable {
    private val core = core { CoreCodeScanner() }

    /**
     * Takes the text of a QR code.
     *
     * @throws CoffretException what is wrong with a code that is whole.
     */
    public fun scanned(text: String): Scanned =
        when (val scanned = core { core.receive(text) }) {
            is CoreScanned.Foreign -> Scanned.Foreign
            is CoreScanned.Part -> Scanned.Part(scanned.have.toInt(), scanned.of.toInt())
            is CoreScanned.Whole -> Scanned.Whole(ReaderCode(scanned.code))
        }

    /** Frees it. What is forgotten is freed with the garbage. */
    override fun close(): Unit = core.close()
}
