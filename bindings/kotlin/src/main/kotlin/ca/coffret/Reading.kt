package ca.coffret

import ca.coffret.ffi.CoreReading
import ca.coffret.ffi.CoreStart
import ca.coffret.ffi.ReaderEffect
import ca.coffret.ffi.ReaderEvent
import ca.coffret.ffi.ReaderOutcome
import ca.coffret.ffi.Started
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import java.time.Instant

/** Who begins. */
public sealed interface Start {
    /**
     * The holder has shown its engagement (ISO 18013-5's order).
     *
     * @property uri the text of its QR code: `mdoc:` and base64url.
     * @property link what carries messages.
     */
    public class Engagement(
        public val uri: String,
        public val link: Link,
    ) : Start

    /** The reader shows its code, then reads the holder's by [ReadingSession.scanned] (QR link). */
    public data object Code : Start
}

/** How far a reading is. */
public sealed interface ReadingState {
    /** The keystore signs what is asked. */
    public data object UsingKeys : ReadingState

    /**
     * Show these frames in turn, until the end, and read the holder's.
     *
     * @property frames the reader's code.
     */
    public class Showing(
        public val frames: Frames,
    ) : ReadingState

    /** The holder has been asked. */
    public data object Waiting : ReadingState

    /**
     * So much of the holder's code has been read.
     *
     * @property have fragments read.
     * @property of fragments in all.
     */
    public data class Progress(
        public val have: Int,
        public val of: Int,
    ) : ReadingState

    /**
     * It is over.
     *
     * @property outcome how it went. It has what was shown: keep it no longer than it is looked at.
     */
    public class Ended(
        public val outcome: ReaderOutcome,
    ) : ReadingState
}

/**
 * One reading, from the request to the verdict.
 *
 * It runs while [states] is collected, which can be done once: before that, whatever else is called
 * fails with an [IllegalStateException]. Cancelling the collection gives the reading up, and the
 * holder is told where it can be. So does closing the reader.
 */
public class ReadingSession internal constructor(
    private val session: Session<ReadingState>,
) {
    /**
     * How far it is, to the end. It fails with a [CoffretException] when the core cannot go on, and
     * with what the link or the keystore throws.
     */
    public val states: Flow<ReadingState> = session.states

    /**
     * The same reading for a screen that comes and goes, such as one that is turned: it runs in
     * [scope], that of a view model say, whoever looks. Whoever collects begins with the last state;
     * to leave does not give it up, to cancel the scope does. [states] is collected by it.
     *
     * The last state has what was shown, and is kept as long as the flow is: let go of both with the
     * screen that shows the verdict.
     */
    public fun runIn(scope: CoroutineScope): Flow<ReadingState> = states.runIn(scope)

    /**
     * Takes the text of a QR code. What is no part of the holder's answer, or comes after the end, is
     * as if it had not been seen.
     *
     * @throws CoffretException no code is read now.
     */
    public suspend fun scanned(text: String): Unit = session.give(Event.Frame(text))

    /** Leaves. The holder is told, where it can be. After the end there is nothing to leave. */
    public suspend fun giveUp(): Unit = session.give(Event.GivenUp)
}

internal fun Start.core(): CoreStart =
    when (this) {
        is Start.Engagement -> CoreStart.Engagement(uri)
        Start.Code -> CoreStart.Code
    }

internal fun Started.read(): Begun<ReadingState> = Begun(ReadingMachine(reading), read(effects))

private class ReadingMachine(
    private val core: CoreReading,
) : Machine<ReadingState> {
    override fun step(
        event: Event,
        now: Instant,
    ): List<Effect<ReadingState>> = read(core { core.step(event.ofReader(), now) })

    override fun close() = core.close()
}

private fun Event.ofReader(): ReaderEvent =
    when (this) {
        is Event.Received -> ReaderEvent.Received(message)
        is Event.Frame -> ReaderEvent.Frame(text)
        is Event.KeysDone -> ReaderEvent.KeysDone(outcomes)
        Event.Closed -> ReaderEvent.Closed
        Event.GivenUp -> ReaderEvent.GivenUp
        Event.Tick -> ReaderEvent.Tick
        is Event.Approved, Event.Refused -> error("a reader approves nothing")
    }

private fun read(effects: List<ReaderEffect>): List<Effect<ReadingState>> =
    buildList {
        fun say(state: ReadingState) = add(Effect.Say(state))

        // What is sent with the end asks nothing.
        val ends = effects.any { it is ReaderEffect.Ended }
        for (effect in effects) {
            when (effect) {
                is ReaderEffect.UseKeys -> {
                    say(ReadingState.UsingKeys)
                    add(Effect.UseKeys(effect.tasks))
                }
                is ReaderEffect.Send -> {
                    add(Effect.Send(effect.message))
                    if (!ends) say(ReadingState.Waiting)
                }
                is ReaderEffect.Show -> say(ReadingState.Showing(Frames(effect.frames)))
                is ReaderEffect.Progress -> {
                    say(ReadingState.Progress(effect.have.toInt(), effect.of.toInt()))
                }
                is ReaderEffect.WakeAt -> add(Effect.WakeAt(effect.time))
                is ReaderEffect.Ended -> add(Effect.End(ReadingState.Ended(effect.outcome)))
            }
        }
    }
