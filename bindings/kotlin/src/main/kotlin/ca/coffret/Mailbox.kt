package ca.coffret

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/** A queue with one reader. A reader that is cancelled while it waits has taken nothing. */
internal class Mailbox<T : Any> {
    private val held = Channel<T>(Channel.UNLIMITED)
    private val bell = Channel<Unit>(Channel.CONFLATED)

    /** Whether it was taken in: not once it is closed. */
    fun put(element: T): Boolean = held.trySend(element).isSuccess.also { bell.trySend(Unit) }

    /** The next one, which is waited for; nothing once it is closed and empty. */
    suspend fun next(): T? {
        while (true) {
            currentCoroutineContext().ensureActive()
            val result = held.tryReceive()
            if (result.isSuccess || result.isClosed) return result.getOrNull()
            bell.receive()
        }
    }

    fun close() {
        held.close()
        bell.trySend(Unit)
    }

    /** What is left in it. */
    fun rest(): List<T> = generateSequence { held.tryReceive().getOrNull() }.toList()
}
