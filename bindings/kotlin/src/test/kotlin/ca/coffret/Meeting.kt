package ca.coffret

import ca.coffret.ffi.Ask
import ca.coffret.ffi.Consent
import ca.coffret.ffi.DeviceAuth
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.ReaderOutcome
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.flow.onEach
import kotlin.test.assertEquals
import kotlin.test.assertIs

/** A holder and a reader that meet over two links in memory, each running on its own. */
class Meeting(
    scope: CoroutineScope,
    wallet: Wallet,
    keys: KeyExecutor = SoftwareKeyExecutor(wallet),
    reader: Reader,
    ask: Ask = Ask.Purpose("pharmacy"),
    method: DeviceAuth = DeviceAuth.SIGNATURE,
) {
    val pipe = Pipe()
    val session: PresentationSession = wallet.present(Engage.Device(pipe.holder), keys, method)
    private val engagement = CompletableDeferred<String>()

    /** What the holder's screen shows, in order. */
    val shown = Channel<PresentationState>(Channel.UNLIMITED)

    val holding: Deferred<PresentationState> =
        scope.async {
            session.states
                .onEach {
                    if (it is PresentationState.Showing) engagement.complete(it.engagement)
                    shown.send(it)
                }.last()
        }

    lateinit var reading: ReadingSession
    val read: Deferred<ReadingState> =
        scope.async {
            reading = reader.read(ask, Start.Engagement(uri = engagement.await(), pipe.reader))
            reading.states.last()
        }

    /** Waits for a state, passing over others. */
    suspend inline fun <reified S : PresentationState> until(): S {
        while (true) (shown.receive() as? S)?.let { return it }
    }

    /** What the person is asked. */
    suspend fun asked(): Consent = until<PresentationState.Asking>().consent

    /** Approves what the purpose needs. */
    suspend fun approve() = session.approve(asked().required)

    /** The same, which the end or a refusal overtakes. */
    suspend fun approveInVain(asked: Consent) {
        assertCode("event-unexpected") { session.approve(asked.required) }
    }

    suspend fun ends(outcome: HolderOutcome) =
        assertEquals(outcome, assertIs<PresentationState.Ended>(holding.await()).outcome)

    suspend fun outcome(): ReaderOutcome = assertIs<ReadingState.Ended>(read.await()).outcome
}
