package ca.coffret

import kotlinx.coroutines.channels.Channel

/** Two links in memory, what goes into the one comes out of the other. */
class Pipe {
    private val toReader = Channel<ByteArray>(Channel.UNLIMITED)
    private val toHolder = Channel<ByteArray>(Channel.UNLIMITED)

    val holder: End = End(toReader, toHolder)
    val reader: End = End(toHolder, toReader)

    class End(
        private val out: Channel<ByteArray>,
        private val into: Channel<ByteArray>,
    ) : Link {
        val sent = mutableListOf<ByteArray>()

        override suspend fun send(message: ByteArray) {
            sent += message
            out.send(message)
        }

        override suspend fun receive(): ByteArray? = into.receiveCatching().getOrNull()

        fun close() {
            out.close()
        }
    }
}
