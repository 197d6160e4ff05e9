package ca.coffret

import ca.coffret.ffi.Consent
import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch

/** Takes a card from its issuer and shows a reader what it needs of it. */
suspend fun holdAndShow(app: App) {
    val secrets = Secrets.KeyFile(app.folder.resolve("secrets"))
    Wallet.open(app.folder, secrets, BootClock.Desktop, app.clock).use { wallet ->
        val isNew = wallet.state.value == WalletState.New
        if (isNew) wallet.create(app.pin) else wallet.unlock(app.pin)
        val keys = SoftwareKeyExecutor(wallet)

        wallet.importTrust(TrustData(TrustKind.ISSUERS, app.root), "issuer")
        wallet.add(app.issue(wallet.prepareKeys(count = 2, keys)))
        for (card in wallet.documents()) app.say("${card.label.fr}, ${card.copies.left}")

        val codes = CodeScanner().let { app.camera.map(it::scanned) }
        val code = codes.filterIsInstance<Scanned.Whole>().first().code
        val session = wallet.present(Engage.Reader(code), keys)
        coroutineScope {
            session.states.collect { state ->
                when (state) {
                    is PresentationState.Asking -> launch { approve(session, state.consent, app) }
                    is PresentationState.Answering ->
                        app
                            .show(
                                state.frames!!,
                            ).also { session.giveUp() }
                    is PresentationState.Ended ->
                        app.say(
                            "${state.outcome == HolderOutcome.Shared}",
                        )
                    else -> {}
                }
            }
        }
    }
}

/** What fails is said, and the person is asked again: it does not end the collection. */
suspend fun approve(
    session: PresentationSession,
    consent: Consent,
    app: App,
) {
    try {
        session.approve(consent.everything)
    } catch (error: CoffretException) {
        app.say(error.code.happened.fr)
    }
}
