package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.Consent
import ca.coffret.ffi.CoreEngage
import ca.coffret.ffi.CorePresentation
import ca.coffret.ffi.HolderEffect
import ca.coffret.ffi.HolderEvent
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.Label
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import java.time.Instant
import ca.coffret.ffi.Begun as CoreBegun

/** How holder and reader meet. */
public sealed interface Engage {
    /**
     * The holder shows its engagement (ISO 18013-5's order).
     *
     * @property link what then carries messages.
     */
    public class Device(
        public val link: Link,
    ) : Engage

    /**
     * The holder has read the reader's code (QR link).
     *
     * @property code the code.
     */
    public class Reader(
        public val code: ReaderCode,
    ) : Engage
}

/** How far a presentation is. */
public sealed interface PresentationState {
    /**
     * Show this as a QR code, until a reader comes.
     *
     * @property engagement `mdoc:` and base64url.
     */
    public data class Showing(
        public val engagement: String,
    ) : PresentationState

    /**
     * Ask the person: [PresentationSession.approve] or [PresentationSession.refuse]. It is asked
     * again where the keystore would not.
     *
     * @property consent what to ask.
     */
    public data class Asking(
        public val consent: Consent,
    ) : PresentationState

    /** The keystore is at work, and may ask the person itself. */
    public data object UsingKeys : PresentationState

    /**
     * The answer is on its way.
     *
     * @property frames to be shown in turn, until the end; nothing where a link carries it.
     */
    public class Answering(
        public val frames: Frames?,
    ) : PresentationState

    /**
     * It is over.
     *
     * @property outcome how it went.
     */
    public data class Ended(
        public val outcome: HolderOutcome,
    ) : PresentationState
}

/**
 * One presentation, from meeting a reader to the end.
 *
 * It runs while [states] is collected, which can be done once: before that, whatever else is called
 * fails with an [IllegalStateException]. Cancelling the collection gives the presentation up: what
 * was not answered uses nothing up, and the reader is told where it can be. So does locking or
 * closing the wallet, which leads to [PresentationState.Ended].
 */
public class PresentationSession internal constructor(
    private val session: Session<PresentationState>,
) {
    /**
     * How far it is, to the end. It fails with a [CoffretException] when the core cannot go on, and
     * with what the link throws.
     */
    public val states: Flow<PresentationState> = session.states

    /**
     * What is to be said to the person before this approval is given, while they are asked: of who
     * asks, and of what would be sent.
     *
     * @throws CoffretException nobody is asked yet, or any more.
     */
    public suspend fun cautions(approval: Approval): List<Label> =
        session.ask { (it as PresentationMachine).cautions(approval) }

    /**
     * The same presentation for a screen that comes and goes, such as one that is turned: it runs in
     * [scope], that of a view model say, whoever looks. Whoever collects begins with the last state;
     * to leave does not give it up, to cancel the scope does. [states] is collected by it.
     */
    public fun runIn(scope: CoroutineScope): Flow<PresentationState> = states.runIn(scope)

    /**
     * Lets this go: it is on its way then, or the keystore has declined and the person is asked
     * again. Cancelling whoever waits for that does not take the approval back. What it throws inside
     * the collection of [states] ends that, if it is not caught: launch it there, beside the
     * collection.
     *
     * @throws CoffretException it was not offered: the person is asked still. Or this is not, or no
     *   longer, what the presentation waits for, which may have been refused or have ended meanwhile.
     *   What the keystore throws comes out of it too: the person is asked again.
     */
    public suspend fun approve(approval: Approval): Unit = session.give(Event.Approved(approval))

    /**
     * Lets nothing go: the reader gets an answer that says nothing of what is held. After the end it
     * is as if it had not been called.
     *
     * @throws CoffretException the answer is given already.
     */
    public suspend fun refuse(): Unit = session.give(Event.Refused)

    /** Leaves. The reader is told, where it can be. After the end there is nothing to leave. */
    public suspend fun giveUp(): Unit = session.give(Event.GivenUp)
}

internal fun Engage.core(): CoreEngage =
    when (this) {
        is Engage.Device -> CoreEngage.Device
        is Engage.Reader -> CoreEngage.Reader(code.core)
    }

internal fun CoreBegun.read(): Begun<PresentationState> =
    Begun(PresentationMachine(presentation), read(effects))

private class PresentationMachine(
    private val core: CorePresentation,
) : Machine<PresentationState> {
    override fun step(
        event: Event,
        now: Instant,
    ): List<Effect<PresentationState>> = read(core { core.step(event.ofHolder(), now) })

    fun cautions(approval: Approval): List<Label> = core.cautions(approval)

    override fun close() = core.close()
}

private fun Event.ofHolder(): HolderEvent =
    when (this) {
        is Event.Received -> HolderEvent.Received(message)
        is Event.Approved -> HolderEvent.Approved(approval)
        is Event.KeysDone -> HolderEvent.KeysDone(outcomes)
        Event.Refused -> HolderEvent.Refused
        Event.Closed -> HolderEvent.Closed
        Event.GivenUp -> HolderEvent.GivenUp
        Event.Tick -> HolderEvent.Tick
        is Event.Frame -> error("a holder reads no frames in a presentation")
    }

private fun read(effects: List<HolderEffect>): List<Effect<PresentationState>> =
    buildList {
        fun say(state: PresentationState) = add(Effect.Say(state))

        // What is sent with the end is not an answer.
        val ends = effects.any { it is HolderEffect.Ended }
        for (effect in effects) {
            when (effect) {
                is HolderEffect.Show -> say(PresentationState.Showing(effect.engagement))
                is HolderEffect.Ask -> say(PresentationState.Asking(effect.consent))
                is HolderEffect.UseKeys -> {
                    say(PresentationState.UsingKeys)
                    add(Effect.UseKeys(effect.tasks))
                }
                is HolderEffect.Animate -> say(PresentationState.Answering(Frames(effect.frames)))
                is HolderEffect.Send -> {
                    add(Effect.Send(effect.message))
                    if (!ends) say(PresentationState.Answering(null))
                }
                is HolderEffect.WakeAt -> add(Effect.WakeAt(effect.time))
                is HolderEffect.Ended -> add(Effect.End(PresentationState.Ended(effect.outcome)))
            }
        }
    }
