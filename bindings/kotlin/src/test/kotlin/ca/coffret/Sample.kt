package ca.coffret

import ca.coffret.ffi.HolderOutcome
import ca.coffret.ffi.TrustData
import ca.coffret.ffi.TrustKind
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map

/** Takes a card from its issuer and shows a reader what it needs of it. */
suspend fun holdAndShow(app: App) {
    val secrets = Secrets.KeyFile(app.folder.resolve("secrets"))
    Wallet.open(app.folder, secrets, clock = app.clock).use { wallet ->
        val isNew = wallet.state.value == WalletState.New
        if (isNew) wallet.create(app.pin) else wallet.unlock(app.pin)
        val keys = SoftwareKeyExecutor(wallet)

        wallet.importTrust(TrustData(TrustKind.ISSUERS, app.root), "issuer")
        wallet.add(app.issue(wallet.prepareKeys(count = 2, keys)))
        for (card in wallet.documents()) app.say("${card.label.fr}, ${card.copies.left}")

        val codes = CodeScanner().let { app.camera.map(it::scanned) }
        val code = codes.filterIsInstance<Scanned.Whole>().first().code
        val session = wallet.present(Engage.Reader(code), keys)
        session.states.collect { state ->
            when (state) {
                is PresentationState.Asking -> session.approve(state.consent.everything)
                is PresentationState.Answering -> app.show(state.frames!!).also { session.giveUp() }
                is PresentationState.Ended -> app.say("${state.outcome == HolderOutcome.Shared}")
                else -> {}
            }
        }
    }
}
