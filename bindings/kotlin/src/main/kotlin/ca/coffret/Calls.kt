package ca.coffret

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.withContext

/**
 * Whether this thread is in a call of the core that has called the app back. A further call would
 * wait for itself.
 */
internal object Inside {
    private val inside = ThreadLocal<Boolean>()

    fun <T> during(call: () -> T): T {
        inside.set(true)
        try {
            return call()
        } finally {
            inside.remove()
        }
    }

    fun refuse() {
        if (inside.get() == true) throw CoffretException.calledFromInside()
    }
}

/** Calls of the core, which block: made elsewhere, one at a time. */
internal class Calls(
    dispatcher: CoroutineDispatcher,
) {
    private val dispatcher = dispatcher.limitedParallelism(1)

    /** What follows each call, whatever comes of it. */
    @Volatile
    var after: () -> Unit = {}

    /** A call that has begun is finished, even for a coroutine that is cancelled meanwhile. */
    suspend fun <T> make(call: () -> T): T {
        Inside.refuse()
        return withContext(dispatcher) {
            try {
                core(call)
            } finally {
                after()
            }
        }
    }
}
