package ca.coffret

import ca.coffret.ffi.Approval
import ca.coffret.ffi.KeyTask
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** A machine that a test writes, and the session that runs it: what an event leads to, and no core. */
internal class Script(
    keys: KeyExecutor = KeyExecutor { awaitCancellation() },
    link: Link? = null,
    clock: Clock = TestClock(),
    dispatcher: CoroutineDispatcher,
    begins: () -> Unit = {},
    private val leadsTo: (Event) -> List<Effect<String>>,
) : Machine<String> {
    /** The names of what it was given, in order. */
    val events = mutableListOf<String>()
    var isClosed = false
    val sessions = Sessions()
    val session =
        Session(Calls(dispatcher), clock, keys, link, sessions) {
            begins()
            Begun(this, emptyList())
        }

    override fun step(
        event: Event,
        now: Instant,
    ): List<Effect<String>> {
        events += event::class.simpleName!!
        return leadsTo(event)
    }

    override fun close() {
        isClosed = true
    }

    /** Its states, or what they fail with. */
    fun collected(scope: CoroutineScope): Deferred<Result<List<String>>> =
        scope.async { runCatching { session.states.toList() } }
}

/** In the test's time. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun TestScope.script(
    keys: KeyExecutor = KeyExecutor { awaitCancellation() },
    link: Link? = null,
    clock: Clock = VirtualClock(this),
    begins: () -> Unit = {},
    leadsTo: (Event) -> List<Effect<String>>,
) = Script(keys, link, clock, StandardTestDispatcher(testScheduler), begins, leadsTo)

internal val APPROVED = Event.Approved(Approval(emptyList()))
internal val FRAME = Event.Frame("any")

internal fun says(state: String) = Effect.Say(state)

internal fun ends(state: String) = Effect.End(state)

internal fun sends(message: Byte) = Effect.Send(byteArrayOf(message))

internal fun usesKeys() = Effect.UseKeys(listOf(KeyTask.Delete(KeyId("any"))))

internal fun wakesIn(time: Duration) = Effect.WakeAt(Instant.parse(NOW).plus(time.toJavaDuration()))

/** A clock of the test's time, or one that is slower. */
@OptIn(ExperimentalCoroutinesApi::class)
class VirtualClock(
    private val test: TestScope,
    private val slowness: Int = 1,
) : Clock() {
    override fun instant(): Instant = Instant.parse(NOW).plusMillis(test.currentTime / slowness)

    override fun getZone(): ZoneId = ZoneOffset.UTC

    override fun withZone(zone: ZoneId): Clock = this
}

/** A link to somebody who only listens. */
class Listener(
    private val takes: Duration = Duration.ZERO,
) : Link {
    /** The first byte of each message that has arrived. */
    val heard = mutableListOf<Byte>()

    override suspend fun send(message: ByteArray) {
        delay(takes)
        heard += message.first()
    }

    override suspend fun receive(): ByteArray = awaitCancellation()
}
