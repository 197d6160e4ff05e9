package ca.coffret

import ca.coffret.ffi.Consent
import ca.coffret.ffi.Label
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch

/** Takes a card from its issuer and shows a reader what it needs of it. */
suspend fun holdAndShow(app: App) {
    val secrets = Secrets.KeyFile(app.keyFile) // not in the wallet's own folder
    Wallet.open(app.folder, secrets, BootClock.Desktop, app.clock).use { wallet ->
        val isNew = wallet.state.value == WalletState.New
        if (isNew) wallet.create(app.pin) else wallet.unlock(app.pin)
        val keys = SoftwareKeyExecutor(wallet)

        wallet.importTrust(TrustData(TrustKind.ISSUERS, app.root), "issuer")
        wallet.add(app.issue(wallet.prepareKeys(count = 2, keys)))
        for (card in wallet.documents()) app.say("${card.label.fr}, ${card.copies.left}")

        val codes = CodeScanner().let { app.camera.map(it::scanned) }
        val code = codes.filterIsInstance<Scanned.Whole>().first().code
        app.answer(wallet.present(Engage.Reader(code), keys))
    }
}

/** Asks the person, and shows the answer until the reader has it. */
suspend fun App.answer(session: PresentationSession) =
    coroutineScope {
        session.states.collect { state ->
            when (state) {
                is PresentationState.Asking -> launch { approve(session, state.consent) }
                is PresentationState.Answering -> {
                    state.frames?.let { show(it) }
                    session.giveUp()
                }
                is PresentationState.Ended -> say(state.outcome)
                else -> {}
            }
        }
    }

/** What fails is said, and the person is asked again: it does not end the collection. */
suspend fun App.approve(
    session: PresentationSession,
    consent: Consent,
) {
    try {
        when (val chosen = ask(consent) { session.cautions(it).map(Label::fr) }) {
            null -> session.refuse()
            else -> session.approve(chosen)
        }
    } catch (error: CoffretException) {
        say(error.code.happened.fr)
    }
}
