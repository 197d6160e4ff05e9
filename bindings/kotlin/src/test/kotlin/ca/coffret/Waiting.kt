package ca.coffret

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.minutes

/** Waits until this thread is held up by what another has locked, or until something else is so. */
fun Thread.untilHeldUp(otherwise: () -> Boolean) {
    while (isAlive && state != Thread.State.BLOCKED && !otherwise()) Thread.onSpinWait()
}

/** A test that waits, and not for ever. */
fun waiting(test: suspend CoroutineScope.() -> Unit): Unit =
    runBlocking(Dispatchers.Default) { withTimeout(5.minutes, test) }
