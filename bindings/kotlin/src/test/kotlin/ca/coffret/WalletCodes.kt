package ca.coffret

import ca.coffret.ffi.Added
import ca.coffret.ffi.CoreWallet
import ca.coffret.ffi.KeyOutcome
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import kotlin.time.Duration.Companion.hours

private const val NOBODY = "00000000000000000000000000000000"

/** What brings about each code of a wallet: by the code's name. A refusal is told as its first. */
val WALLET_CODES: Map<String, suspend () -> Unit> =
    mapOf(
        "document-unknown" to { made().document(DocumentId(NOBODY)) },
        "person-unknown" to { made().renamePerson(PersonId("nobody"), "Émilie") },
        "trust-data-unknown" to { made().removeTrust(TrustId(NOBODY)) },
        "person-name" to { made().addPerson("") },
        "person-has-documents" to {
            val wallet = Holder().withCard()
            wallet.deletePerson(wallet.people().single().id)
        },
        "person-is-holder" to {
            val wallet = made()
            val me = wallet.addPerson("Émilie")
            wallet.addPerson("Élise")
            wallet.deletePerson(me)
        },
        "person-of-specimens" to {
            val wallet = made()
            wallet.importTrust(TrustData(TrustKind.SPECIMENS, Issuer.bytes("iaca.pem")), "test")
            wallet.addCard()
            wallet.setHolder(wallet.people().single().id)
        },
        "auto-lock-delay" to { made().setAutoLock(2.hours) },
        "trust-data-too-large" to {
            val content = ByteArray(5 * 1024 * 1024) { ' '.code.toByte() }
            made().importTrust(TrustData(TrustKind.ISSUERS, content), "test")
        },
        "credential-form" to { made().add(byteArrayOf(0x01)) },
        "credential-too-many" to {
            // An array of 256 empty maps.
            made().add(byteArrayOf(0x99.toByte(), 1, 0) + ByteArray(256) { 0xa0.toByte() })
        },
        "credential-key-foreign" to {
            val keys = made().let { it.prepareKeys(1, SoftwareKeyExecutor(it)) }
            Holder().trusting().held(Issuer.issue(keys))
        },
        "credential-key-used" to {
            val wallet = Holder().trusting()
            val keys = wallet.prepareKeys(1, SoftwareKeyExecutor(wallet))
            wallet.held(Issuer.issue(keys))
            wallet.held(Issuer.issue(keys, "--days", "30"))
        },
        "credential-already-held" to {
            val wallet = Holder().trusting()
            val credential = Issuer.issue(wallet.prepareKeys(1, SoftwareKeyExecutor(wallet)))
            repeat(2) { wallet.held(credential) }
        },
        "credential-copies-too-many" to {
            val wallet = Holder().trusting()
            repeat(3) {
                wallet.held(Issuer.issue(wallet.prepareKeys(255, SoftwareKeyExecutor(wallet))))
            }
        },
        "key-tasks-mismatch" to { made().prepareKeys(1, { emptyList() }) },
        "key-not-made" to { made().prepareKeys(1, { it.map { KeyOutcome.Declined } }) },
        "export-passphrase-short" to { made().export("court") },
        "export-form" to { Wallet.openExport(byteArrayOf(1), "une longue phrase") },
        "export-sealed" to {
            val export = made().export("une longue phrase de passe")
            Wallet.openExport(export, "une autre phrase de passe")
        },
        "key-outcome-spent" to {
            val wallet = made()
            wallet.prepareKeys(2, { tasks ->
                val one = SoftwareKeyExecutor(wallet).perform(tasks.take(1)).single()
                listOf(one, one)
            })
        },
        "log-entry-unknown" to { made().deleteLog(listOf(7u)) },
        "object-closed" to { made().apply { close() }.documents() },
        "wallet-not-open" to { Holder().open().documents() },
        "wallet-not-locked" to { made().unlock(PIN) },
        "wallet-made-already" to { made().create(PIN) },
        "internal-fault" to {
            val folder = temporary("panic")
            val secrets = Secrets.KeyFile(folder.resolve("secrets")).core()
            val core = CoreWallet.open(folder.toString(), secrets)
            core { core.create(PIN) }
            core { core.panic() }
        },
        "call-from-inside" to {
            val memory = MemorySecrets()
            var error: CoffretException? = null
            val holder = Holder().apply { secrets = Secrets.Platform(memory) }
            val wallet = holder.open()
            memory.before = {
                kotlinx.coroutines.runBlocking {
                    error =
                        runCatching { wallet.documents() }.exceptionOrNull() as CoffretException?
                }
            }
            wallet.create(PIN)
            error?.let { throw it }
        },
    )

private suspend fun made(): Wallet = Holder().open().apply { create(PIN) }

/** Takes a credential, or says the first reason why not. */
private suspend fun Wallet.held(credential: ByteArray) {
    when (val added = add(credential)) {
        is Added.Held -> Unit

        is Added.Refused -> throw Told(
            added.refusals
                .first()
                .finding.code,
        )
    }
}

/** A code that is a result, and not an error. */
class Told(
    val code: String,
) : Exception(code)
