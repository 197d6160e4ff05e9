package ca.coffret

import ca.coffret.ffi.Ask
import ca.coffret.ffi.CoreReader
import ca.coffret.ffi.CoreReaderIdentity
import ca.coffret.ffi.TrustData
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import java.time.Clock

/**
 * Who a reader says it is: its requests are signed.
 *
 * @property key its key in [keys].
 * @property certificate its certificate, in PEM.
 * @property keys the keystore that signs.
 */
public class ReaderIdentity(
    public val key: KeyId,
    public val certificate: String,
    public val keys: KeyExecutor,
)

/** Who reads: whom it trusts, and who it says it is. Any thread may call it. */
public class Reader private constructor(
    private val core: CoreReader,
    private val keys: KeyExecutor?,
    private val clock: Clock,
    private val calls: Calls,
) : AutoCloseable {
    private val sessions = Sessions()

    /** Asks a holder, once the session's states are collected. */
    public fun read(
        ask: Ask,
        start: Start,
    ): ReadingSession {
        val link = (start as? Start.Engagement)?.link
        return ReadingSession(
            Session(calls, clock, keys, link, sessions) { now ->
                core.start(ask, start.core(), now).read()
            },
        )
    }

    /** Gives up what is being read, and frees the reader. Whatever is called then is refused. */
    override fun close() {
        Inside.refuse()
        sessions.close()
        core.close()
    }

    /** Makes readers. */
    public companion object {
        /**
         * A reader that trusts this, and is `identity` or does not say who it is.
         *
         * @param dispatcher where it works, one call at a time.
         * @throws CoffretException trust data of which nothing can be used, a revocation list that
         *   cannot be, or no good certificate.
         */
        public suspend fun of(
            trust: List<TrustData>,
            identity: ReaderIdentity? = null,
            clock: Clock = Clock.systemUTC(),
            dispatcher: CoroutineDispatcher = Dispatchers.Default,
        ): Reader {
            val calls = Calls(dispatcher)
            val said = identity?.let { CoreReaderIdentity(it.key, it.certificate) }
            val core = calls.make { CoreReader(trust, said, clock.instant()) }
            return Reader(core, identity?.keys, clock, calls)
        }
    }
}
