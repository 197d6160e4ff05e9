package ca.coffret

import java.nio.file.Path
import java.sql.DriverManager
import kotlin.io.path.createDirectory
import kotlin.io.path.deleteExisting
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

/** What brings about each code of the store: by the code's name. */
val STORE_CODES: Map<String, suspend () -> Unit> =
    mapOf(
        "pin-form" to { Holder().open().create("2749") },
        "pin-obvious" to { Holder().open().create("123456") },
        "pin-wrong" to { closed().open().unlock("111222") },
        "pin-wait" to {
            val wallet = closed().open()
            repeat(5) { runCatching { wallet.unlock("111222") } }
            wallet.unlock(PIN)
        },
        "pin-tries-exhausted" to {
            val holder = closed()
            val wallet = holder.open()
            repeat(16) {
                runCatching { wallet.unlock("111222") }
                holder.bootClock.seconds += 100_000u
            }
            wallet.unlock(PIN)
        },
        "secrets-missing" to { closed().apply { keyFile.deleteExisting() }.open() },
        "secrets-of-another-wallet" to {
            closed().apply { keyFile.writeBytes(closed().keyFile.readBytes()) }.open()
        },
        "secrets-malformed" to { closed().apply { keyFile.writeBytes(ByteArray(7)) }.open() },
        "secrets-older" to {
            val holder = closed()
            val older = holder.keyFile.readBytes()
            holder.changed()
            holder.changed()
            holder.keyFile.writeBytes(older)
            holder.open()
        },
        "secrets-not-a-file" to {
            closed()
                .apply {
                    keyFile.deleteExisting()
                    keyFile.createDirectory()
                }.open()
        },
        "secrets-unavailable" to {
            val memory = MemorySecrets().apply { before = { error("locked") } }
            Holder().apply { secrets = Secrets.Platform(memory) }.open()
        },
        "saved-secrets-behind" to {
            val memory = MemorySecrets()
            val wallet = Holder().apply { secrets = Secrets.Platform(memory) }.open()
            wallet.create(PIN)
            memory.before = { error("locked") }
            wallet.addPerson("Émilie")
        },
        "wallet-file-there" to {
            val holder = closed()
            Wallet.eraseLostSecrets(holder.folder / "wallet", holder.secrets)
        },
        "wallet-file-missing" to { closed().apply { put(emptyMap()) }.open() },
        "wallet-file-truncated" to {
            val holder = closed()
            // A changed PIN leaves nothing in the log beside the file.
            holder.open().use {
                it.unlock(PIN)
                it.changePin(PIN, "905182")
            }
            holder.put(mapOf(holder.database to holder.database.readBytes().copyOf(4096)))
            holder.open()
        },
        "wallet-file-altered" to {
            closed().apply { spoil("UPDATE b SET f = x'00'") }.open().unlock(PIN)
        },
        "wallet-rows-changed" to {
            closed().apply { spoil("DELETE FROM a") }.open().unlock(PIN)
        },
        "wallet-file-older" to {
            val holder = closed()
            val older = holder.files()
            holder.changed()
            holder.changed()
            holder.put(older)
            holder.open()
        },
        "wallet-format-newer" to { closed().apply { spoil("PRAGMA user_version = 99") }.open() },
        "wallet-in-use" to {
            val holder = closed()
            holder.open().use { holder.open() }
        },
        "wallet-file-unavailable" to {
            val holder = closed()
            holder.put(emptyMap())
            holder.database.createDirectory()
            holder.open()
        },
    )

/** A wallet that is made, and closed. */
suspend fun closed(): Holder =
    Holder().apply {
        open().use {
            it.create(PIN)
            it.addPerson("Émilie")
        }
    }

private val Holder.keyFile: Path get() = (secrets as Secrets.KeyFile).path

val Holder.database: Path get() = folder / "wallet" / "store"

/** Every file of the store but its lock. */
private fun Holder.files(): Map<Path, ByteArray> =
    (folder / "wallet").listDirectoryEntries("store*").associateWith(Path::readBytes)

fun Holder.put(files: Map<Path, ByteArray>) {
    files().keys.forEach(Path::deleteExisting)
    files.forEach(Path::writeBytes)
}

/** One change more, and closed again. */
private suspend fun Holder.changed() {
    open().use {
        it.unlock(PIN)
        it.addPerson("Élise")
    }
}

/** What somebody does to the file who has it. */
fun Holder.spoil(statement: String) {
    DriverManager.getConnection("jdbc:sqlite:$database").use { connection ->
        connection.createStatement().use { it.execute(statement) }
    }
}
