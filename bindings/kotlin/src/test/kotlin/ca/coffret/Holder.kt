package ca.coffret

import ca.coffret.ffi.Added
import ca.coffret.ffi.BootTime
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.io.path.createDirectories
import kotlin.test.assertIs

const val PIN = "274915"

/** A clock that a test sets. */
class TestClock(
    @Volatile var now: Instant = Instant.parse(NOW),
) : Clock() {
    /** What happens when it is asked. */
    @Volatile var before: () -> Unit = {}

    override fun instant(): Instant {
        before()
        return now
    }

    override fun getZone(): ZoneId = ZoneOffset.UTC

    override fun withZone(zone: ZoneId): Clock = this
}

/** A boot clock that a test sets. */
class TestBootClock(
    @Volatile var seconds: ULong = 0u,
    @Volatile var wall: ULong? = null,
) : BootClock {
    override fun now() = BootTime(byteArrayOf(1), seconds, wall)
}

/** Somebody with a wallet, in a folder of its own. */
class Holder(
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
    val clock: Clock = TestClock(),
    val folder: Path = temporary("wallet"),
) {
    val bootClock = TestBootClock()
    var secrets: Secrets = Secrets.KeyFile(folder.resolve("secrets"))

    suspend fun open(): Wallet =
        Wallet.open(
            folder.resolve("wallet").createDirectories(),
            secrets,
            bootClock,
            clock,
            dispatcher,
        )

    /** A new wallet, open, that trusts the test issuer and knows its registry of readers. */
    suspend fun trusting(): Wallet =
        open().apply {
            create(PIN)
            for ((kind, file) in TRUSTED) {
                importTrust(TrustData(kind, Issuer.bytes(file)), "test")
            }
        }

    /** The same with a card of so many copies. */
    suspend fun withCard(
        copies: Int = 1,
        vararg more: String,
    ): Wallet = trusting().apply { addCard(copies, *more) }
}

private val TRUSTED =
    listOf(
        TrustKind.ISSUERS to "iaca.pem",
        TrustKind.READERS to "reader-ca.pem",
        TrustKind.REGISTRARS to "registry.pem",
        TrustKind.REGISTRY to "readers.cose",
    )

suspend fun Wallet.addCard(
    copies: Int = 1,
    vararg more: String,
): DocumentId {
    val keys = prepareKeys(copies, SoftwareKeyExecutor(this))
    return assertIs<Added.Held>(add(Issuer.issue(keys, *more))).documents.single()
}

/** A reader that trusts the test issuer and says that it is the registered one. */
suspend fun registeredReader(
    clock: Clock = TestClock(),
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): Reader {
    val keys = SoftwareKeys(dispatcher)
    val key = keys.insert(Issuer.text("reader.key"))
    return Reader.of(
        listOf(TrustData(TrustKind.ISSUERS, Issuer.bytes("iaca.pem"))),
        ReaderIdentity(key, Issuer.text("reader.pem"), keys),
        clock,
        dispatcher,
    )
}

/** A reader that trusts the test issuer and does not say who it is. */
suspend fun anonymousReader(
    clock: Clock = TestClock(),
    dispatcher: CoroutineDispatcher = Dispatchers.Default,
): Reader {
    val trust = listOf(TrustData(TrustKind.ISSUERS, Issuer.bytes("iaca.pem")))
    return Reader.of(trust, null, clock, dispatcher)
}
