package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import java.time.Instant

/** A presentation or a reading of the core, whose states are `S`. */
internal interface Machine<S> : AutoCloseable {
    fun step(
        event: Event,
        now: Instant,
    ): List<Effect<S>>
}

/** A machine, and what it wants first. */
internal class Begun<S>(
    val machine: Machine<S>,
    val effects: List<Effect<S>>,
)

/** What has happened outside a machine. */
internal sealed interface Event {
    /** What a person does, who is told when it cannot be. */
    sealed interface OfPerson : Event

    class Received(
        val message: ByteArray,
    ) : Event

    class KeysDone(
        val outcomes: List<KeyOutcome>,
    ) : Event

    data object Closed : Event

    data object Tick : Event

    class Frame(
        val text: String,
    ) : OfPerson

    class Approved(
        val approval: Approval,
    ) : OfPerson

    data object Refused : OfPerson

    data object GivenUp : OfPerson
}

/** What a machine wants done outside. */
internal sealed interface Effect<out S> {
    class Say<S>(
        val state: S,
    ) : Effect<S>

    class Send(
        val message: ByteArray,
    ) : Effect<Nothing>

    class UseKeys(
        val tasks: List<KeyTask>,
    ) : Effect<Nothing>

    class WakeAt(
        val time: Instant,
    ) : Effect<Nothing>

    class End<S>(
        val state: S,
    ) : Effect<S>
}
