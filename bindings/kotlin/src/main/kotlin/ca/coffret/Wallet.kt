package ca.coffret

import ca.coffret.ffi.Added
import ca.coffret.ffi.Attempts
import ca.coffret.ffi.BootTime
import ca.coffret.ffi.Card
import ca.coffret.ffi.CoreWallet
import ca.coffret.ffi.CoreWalletState
import ca.coffret.ffi.Curve
import ca.coffret.ffi.DeviceAuth
import ca.coffret.ffi.Document
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.KeyTask
import ca.coffret.ffi.LogChecked
import ca.coffret.ffi.LogEntry
import ca.coffret.ffi.LogSearch
import ca.coffret.ffi.Notice
import ca.coffret.ffi.Person
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustEntry
import ca.coffret.ffi.UnreadableRecord
import ca.coffret.ffi.eraseSecrets
import ca.coffret.ffi.eraseWallet
import ca.coffret.ffi.restoreSecrets
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import java.nio.file.Path
import java.time.Clock
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * A wallet: documents, consent, presentation, log, in an encrypted file.
 *
 * Any thread may call it; one call is made at a time, on a dispatcher of its own, and a call that has
 * begun is finished even where its coroutine is cancelled. It keeps other processes out until it is
 * closed. Every call can fail with a [CoffretException], and has changed nothing then.
 */
public class Wallet private constructor(
    private val core: CoreWallet,
    private val bootClock: BootClock,
    private val clock: Clock,
    private val calls: Calls,
) {
    private val sessions = Sessions()
    private val keys = Mutex()
    private val current = MutableStateFlow<WalletState>(WalletState.Closed)

    init {
        calls.after = ::look
    }

    /** What it is at the moment. */
    public val state: StateFlow<WalletState> = current.asStateFlow()

    /**
     * Makes a wallet, open.
     *
     * @throws CoffretException the PIN is not 6 to 32 digits or is among the first to be tried, which
     *   changes nothing; the wallet is made already; it cannot be stored, which closes it.
     */
    public suspend fun create(pin: String): Unit = call { core.create(pin) }

    /**
     * How often the PIN may still be tried.
     *
     * @throws CoffretException there is no wallet yet.
     */
    public suspend fun attempts(): Attempts = call { core.attempts(bootClock.now()) }

    /**
     * Tries a PIN. The try is counted, durably, before it is made.
     *
     * @throws CoffretException the PIN is wrong or must wait; the file cannot be believed; the wallet
     *   does not wait for its PIN.
     */
    public suspend fun unlock(pin: String): Unit = call { core.unlock(pin, bootClock.now()) }

    /** Locks the wallet: its PIN opens it again. Presentations under way are given up. */
    public suspend fun lock(): Unit =
        call {
            sessions.giveUp()
            core.lock()
        }

    /**
     * Destroys the wallet, its secrets first, and closes it. Presentations under way are given up.
     *
     * @throws CoffretException it is not open; its secrets or its file cannot be reached.
     */
    public suspend fun erase(): Unit =
        call {
            sessions.giveUp()
            core.erase()
        }

    /**
     * Tries the PIN of the open wallet, so that whoever holds it shows that it is theirs: before
     * something is shared, say. The tries and waits are those of [unlock]; the last closes it.
     *
     * @throws CoffretException the PIN is wrong or must wait; the wallet is not open.
     */
    public suspend fun confirmPin(pin: String): Unit =
        call { core.confirmPin(pin, bootClock.now()) }

    /**
     * Changes the PIN, once the old one was confirmed.
     *
     * @throws CoffretException as [confirmPin] for the old one; the new one is not 6 to 32 digits, or
     *   is among the first to be tried.
     */
    public suspend fun changePin(
        old: String,
        new: String,
    ): Unit = call { core.changePin(old, new, bootClock.now()) }

    /** After how long without use the wallet is to be locked. */
    public suspend fun autoLock(): Duration = call { core.autoLock() }.toLong().seconds

    /**
     * Sets after how long without use the wallet is to be locked.
     *
     * @throws CoffretException it is less than 15 seconds or more than an hour.
     */
    public suspend fun setAutoLock(after: Duration): Unit =
        call { core.setAutoLock(after.inWholeSeconds.coerceAtLeast(0).toULong()) }

    /** Whether a wallet last used then is to be locked now. */
    public suspend fun isAutoLockDue(lastUse: BootTime): Boolean =
        call { core.isAutoLockDue(lastUse, bootClock.now()) }

    /** What there is to know of each document without reading it, in the order of adding. */
    public suspend fun documents(): List<Card> = call { core.documents(clock.instant()) }

    /**
     * A document and what it says, judged anew.
     *
     * @throws CoffretException there is none of this id.
     */
    public suspend fun document(document: DocumentId): Document =
        call { core.document(document, clock.instant()) }

    /**
     * Removes a document. [deleteAbandonedKeys] removes its keys.
     *
     * @throws CoffretException there is none of this id.
     */
    public suspend fun remove(document: DocumentId): Unit = call { core.remove(document) }

    /** What there is to be said now, of documents and of trust data. */
    public suspend fun notices(): List<Notice> = call { core.notices(clock.instant()) }

    /** The people whose documents are here, the wallet's own holder first. */
    public suspend fun people(): List<Person> = call { core.people() }

    /**
     * Calls a person by another name here; no document changes.
     *
     * @throws CoffretException there is none of this id; the name is empty or longer than 150
     *   characters.
     */
    public suspend fun renamePerson(
        person: PersonId,
        name: String,
    ): Unit = call { core.renamePerson(person, name) }

    /**
     * A person whom no document has named yet.
     *
     * @throws CoffretException the name is empty or longer than 150 characters.
     */
    public suspend fun addPerson(name: String): PersonId = call { core.addPerson(name) }

    /**
     * Makes one person of two: the documents of [person] are the other's from then on.
     *
     * @throws CoffretException there is none of one of these ids; one is real and the other invented,
     *   of specimens.
     */
    public suspend fun mergePeople(
        person: PersonId,
        other: PersonId,
    ): Unit = call { core.mergePeople(person, other) }

    /**
     * Forgets a person without documents.
     *
     * @throws CoffretException there is none of this id; the person has documents, or is the wallet's
     *   own holder while there are other people.
     */
    public suspend fun deletePerson(person: PersonId): Unit = call { core.deletePerson(person) }

    /**
     * Says who the wallet's own holder is.
     *
     * @throws CoffretException there is none of this id; all documents of theirs are specimens.
     */
    public suspend fun setHolder(person: PersonId): Unit = call { core.setHolder(person) }

    /**
     * Says whose a document is, where the wallet has guessed wrong. Who has no document left goes.
     *
     * @throws CoffretException there is no such document, or person; a specimen is given to a real
     *   person, or a real document to an invented one.
     */
    public suspend fun assign(
        document: DocumentId,
        person: PersonId,
    ): Unit = call { core.assign(document, person) }

    /**
     * Has device keys made, for an issuer to bind credentials to, and gives their public keys: the
     * DER of a SubjectPublicKeyInfo each. There are fewer where some were declined. Keys that are
     * not kept, for an error or a cancelled coroutine, are among those [deleteAbandonedKeys] deletes.
     *
     * @throws CoffretException none was made.
     */
    public suspend fun prepareKeys(
        count: Int,
        keys: KeyExecutor,
        curve: Curve = Curve.P256,
    ): List<ByteArray> {
        require(count in 1..MOST_KEYS) { "1 to $MOST_KEYS keys" }
        return this.keys.withLock {
            val outcomes = keys.perform(call { core.newKeys(count.toUByte(), curve) })
            // Keys that are kept are given to whoever asked, even where that is cancelled.
            withContext(NonCancellable) { call { outcomes.given(core::keysReady) } }
        }
    }

    /**
     * Gives up keys of [prepareKeys] that no credential will come for: their issuer has failed, or
     * would not. [deleteAbandonedKeys] removes them. Keys that wait for none stay as they are.
     *
     * @throws CoffretException what is wrong with one that is no public key.
     */
    public suspend fun abandonKeys(publicKeys: List<ByteArray>): Unit =
        call { core.abandonKeys(publicKeys) }

    /**
     * Has the keystore delete the keys that are not needed any more: of copies that were used up, of
     * documents that were removed, of requests that were given up or not finished. What it declines
     * stays for another time.
     */
    public suspend fun deleteAbandonedKeys(keys: KeyExecutor): Unit =
        this.keys.withLock {
            val tasks =
                call {
                    // Nothing is being made now: what was begun and not kept is abandoned too.
                    core.newKeys(0u, Curve.P256)
                    core.abandonedKeys()
                }
            if (tasks.isNotEmpty()) {
                val outcomes = keys.perform(tasks)
                call { outcomes.given(core::keysDeleted) }
            }
        }

    /** What [SoftwareKeyExecutor] does. */
    internal suspend fun perform(tasks: List<KeyTask>): List<KeyOutcome> =
        call { core.perform(tasks) }

    /**
     * Takes what an issuer hands over, one credential or several: all of them or none.
     *
     * @throws CoffretException they cannot be read at all.
     */
    public suspend fun add(credentials: ByteArray): Added =
        call { core.add(credentials, clock.instant()) }

    /**
     * Trusts what it is told, and gives the id of each thing that it brings: of a file, the certificates,
     * then the revocation lists where there are any.
     *
     * @param source where it comes from, for people.
     * @throws CoffretException what is wrong with trust data of which nothing can be used, or with a
     *   revocation list; then none of the file is taken.
     */
    public suspend fun importTrust(
        data: TrustData,
        source: String,
    ): List<TrustId> = call { core.importTrust(data, source, clock.instant()) }

    /** What the wallet trusts, and since when. */
    public suspend fun trustList(): List<TrustEntry> = call { core.trustList() }

    /**
     * Trusts it no longer. Documents that rest on it stay.
     *
     * @throws CoffretException there is none of this id.
     */
    public suspend fun removeTrust(trust: TrustId): Unit = call { core.removeTrust(trust) }

    /** Presents, once the session's states are collected. */
    public fun present(
        engage: Engage,
        keys: KeyExecutor,
        method: DeviceAuth = DeviceAuth.SIGNATURE,
    ): PresentationSession {
        val link = (engage as? Engage.Device)?.link
        return PresentationSession(
            Session(calls, clock, keys, link, sessions) { now ->
                core.present(engage.core(), method, now).read()
            },
        )
    }

    /** The records that do not read: the wallet is as without them, until they are removed. */
    public suspend fun unreadable(): List<UnreadableRecord> = call { core.unreadable() }

    /** The entries of the log that are not deleted, the newest first. */
    public suspend fun log(): List<LogEntry> = call { core.log() }

    /**
     * The entries of the log that are searched for, the newest first. A page of a long log is as quick
     * as that of a short one.
     */
    public suspend fun searchLog(search: LogSearch): List<LogEntry> =
        call { core.searchLog(search) }

    /**
     * Deletes what these entries say. That there were entries stays.
     *
     * @throws CoffretException there is no entry of one of these numbers.
     */
    public suspend fun deleteLog(numbers: List<ULong>): Unit = call { core.deleteLog(numbers) }

    /**
     * Checks the log as somebody outside the wallet would.
     *
     * @throws CoffretException what is wrong with it.
     */
    public suspend fun verifyLog(): LogChecked = call { core.verifyLog(clock.instant()) }

    /**
     * What the wallet holds, to be read elsewhere: it cannot be presented.
     *
     * @throws CoffretException the passphrase has fewer than 12 characters.
     */
    public suspend fun export(passphrase: String): ByteArray =
        call { core.export(passphrase, clock.instant()) }

    /**
     * Closes the wallet, once the call under way is made: another object, or another process, may
     * open it then. Presentations under way are given up. Every later call is refused, but this one.
     * It suspends, and is finished even where its coroutine is cancelled: no thread waits, be it the
     * one that draws the screen.
     */
    public suspend fun close(): Unit = withContext(NonCancellable) { calls.make { shut() } }

    private fun shut() {
        if (core.uniffiIsDestroyed) return
        sessions.close()
        try {
            core.shut()
        } finally {
            core.close()
        }
    }

    private suspend fun <T> call(call: () -> T): T = calls.make(call)

    /** Any call can change what it is: a fault closes it. */
    @Synchronized
    private fun look() {
        current.value =
            try {
                when (core { core.state() }) {
                    CoreWalletState.NEW -> WalletState.New
                    CoreWalletState.LOCKED -> WalletState.Locked
                    CoreWalletState.OPEN -> WalletState.Open
                }
            } catch (_: CoffretException) {
                WalletState.Closed
            }
    }

    /** Opens wallets, and does what needs none that is open. */
    public companion object {
        private const val MOST_KEYS = 255

        /**
         * The wallet in a folder, or the place where one can be made.
         *
         * @param folder a folder that is there.
         * @param bootClock by which a wrong PIN waits: on a desktop [BootClock.Desktop].
         * @param clock the wall's.
         * @param dispatcher where it works, one call at a time.
         * @throws CoffretException one for each state that a file and its secrets can be in; none is
         *   worse for it.
         */
        public suspend fun open(
            folder: Path,
            secrets: Secrets,
            bootClock: BootClock,
            clock: Clock = Clock.systemUTC(),
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Wallet {
            val calls = Calls(dispatcher)
            var core: CoreWallet? = null
            try {
                return calls.make {
                    Catalogue.load()
                    CoreWallet
                        .open(folder.toString(), secrets.core())
                        .also { core = it }
                        .let { Wallet(it, bootClock, clock, calls) }
                }
            } catch (error: CancellationException) {
                // Nobody has it: it is not to keep others out.
                core?.close()
                throw error
            }
        }

        /**
         * Erases the wallet in a folder, whatever state it is in, its secrets first: the way out where
         * the PIN is forgotten, or the file cannot be opened. Nobody may have it open.
         *
         * @throws CoffretException there never was a wallet; the secrets are another's; they cannot
         *   be reached.
         */
        public suspend fun erase(
            folder: Path,
            secrets: Secrets,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Unit = Calls(dispatcher).make { eraseWallet(folder.toString(), secrets.core()) }

        /**
         * Erases the secrets of a wallet whose file is lost: the way out of `wallet-file-missing`,
         * after which a new wallet can be made. Should the file turn up again, nothing opens it any
         * more.
         *
         * @throws CoffretException the file is there; they cannot be reached.
         */
        public suspend fun eraseLostSecrets(
            folder: Path,
            secrets: Secrets,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Unit = Calls(dispatcher).make { eraseSecrets(folder.toString(), secrets.core()) }

        /**
         * Gives a wallet its secrets back, from a [copy] of its slot: the way out of
         * `secrets-missing`. Where the secrets are as they should be, nothing changes.
         *
         * @throws CoffretException the copy is older than the wallet's file, is another wallet's, or
         *   is none; the file is missing.
         */
        public suspend fun restoreLostSecrets(
            folder: Path,
            secrets: Secrets,
            copy: ByteArray,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Unit = Calls(dispatcher).make { restoreSecrets(folder.toString(), secrets.core(), copy) }

        /**
         * What an [export] says, to whoever has its passphrase: CBOR.
         *
         * @throws CoffretException it is not an export; the passphrase is another.
         */
        public suspend fun openExport(
            export: ByteArray,
            passphrase: String,
            dispatcher: CoroutineDispatcher = Dispatchers.Default,
        ): ByteArray = Calls(dispatcher).make { ca.coffret.ffi.openExport(export, passphrase) }
    }
}

/** Does something with a wallet, and closes it whatever comes of that. */
public suspend inline fun <T> Wallet.use(block: (Wallet) -> T): T =
    try {
        block(this)
    } finally {
        close()
    }

/** Outcomes hold objects of the core, which are freed once they are given. */
private inline fun <T> List<KeyOutcome>.given(to: (List<KeyOutcome>) -> T): T =
    try {
        to(this)
    } finally {
        forEach(KeyOutcome::destroy)
    }
