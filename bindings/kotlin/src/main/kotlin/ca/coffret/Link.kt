package ca.coffret

/**
 * What carries messages between a holder and a reader that have met: Bluetooth, NFC, a pipe.
 *
 * A session calls it on the dispatcher of whoever collects the session's states. Whoever opened it
 * closes it, once the states have ended.
 */
public interface Link {
    /** Sends one message, whole. It can be cancelled, which is done only where it takes too long. */
    public suspend fun send(message: ByteArray)

    /** The next message, whole; nothing once the other side is gone. It can be cancelled. */
    public suspend fun receive(): ByteArray?
}
